import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientAddress, networksOf } from '#process/address.ts'

const proxies = networksOf(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])
const none = networksOf([])

test('without proxies of ours nobody can give another address than that of the socket', () => {
  expect(clientAddress('203.0.113.9', '1.2.3.4', none)).toBe('203.0.113.9')
  expect(clientAddress('203.0.113.9', undefined, proxies)).toBe('203.0.113.9')
  expect(clientAddress('203.0.113.9', '1.2.3.4', proxies)).toBe('203.0.113.9')
})

test.each([
  ['one proxy', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['two proxies', '127.0.0.1', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['a forged beginning', '127.0.0.1', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
  ['a forged beginning with our own network', '127.0.0.1', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
  ['rubbish before the client', '127.0.0.1', 'unknown, 203.0.113.9', '203.0.113.9'],
  ['nothing but rubbish', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['a port behind the address', '127.0.0.1', '203.0.113.9:51234', '203.0.113.9'],
  ['IPv6 with a port', '127.0.0.1', '[2001:DB8::1]:443', '2001:db8::1'],
  ['IPv4 in the clothes of IPv6', '::ffff:127.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
  ['a proxy with IPv6', 'fd00::5', '2001:db8::7', '2001:db8::7'],
  ['an empty header', '127.0.0.1', '', '127.0.0.1'],
])('with %s the client is found', (_, socket, header, client) => {
  expect(clientAddress(socket, header, proxies)).toBe(client)
})

test('whatever is forged in front, the client stays the same', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (forged) => {
      const header = [...forged, '203.0.113.9', '10.1.1.1'].join(', ')
      expect(clientAddress('127.0.0.1', header, proxies)).toBe('203.0.113.9')
    }),
  )
})

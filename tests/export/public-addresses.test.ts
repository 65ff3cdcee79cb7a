import { expect, test } from 'vitest'
import { leftOut, publicAddresses, standing } from '#export/public-addresses.server.ts'
import { declared, needOf } from '#people/permission.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

/** Pages of the library have a file each; what browsers fetch is brought along. */
const ofTheLibrary = [
  '/courses/[course]',
  '/courses/[course]/[lesson]',
  '/stories/[story]',
  '/cases/[case]',
  '/lists/[list]',
]
const fetched = ['/media/[...file]', '/_astro/[...file]', '/favicon.svg']

test('every address that anyone may open is exported, or it is said why not', () => {
  const open = declared.addresses.filter((address) => {
    const [method = '', pattern = ''] = address.split(' ')
    return method === 'GET' && needOf('GET', pattern)?.need === 'anyone'
  })
  const known = new Set([...standing, ...ofTheLibrary, ...fetched].map((pattern) => `GET ${pattern}`))
  expect(open.filter((address) => !known.has(address) && !(address in leftOut))).toEqual([])
})

test('nothing is exported that asks who is there', async () => {
  for (const address of await publicAddresses()) expect(needOf('GET', address)?.need).toBe('anyone')
})

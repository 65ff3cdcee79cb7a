import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localBack, withBack } from '#people/back.ts'

test.each(['/', '/me', '/courses/jiafeng?page=2#s3', '/people/0193?indicator=openness', '/课程'])(
  '%s is on this site',
  (path) => {
    expect(localBack(path)).not.toBeNull()
    expect(new URL(localBack(path) as string, 'http://localhost').origin).toBe('http://localhost')
  },
)

test.each([
  null,
  undefined,
  '',
  'me',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'javascript:alert(1)',
  '/..//evil.example',
  '/./\\evil.example',
  `/${'a'.repeat(500)}`,
])('%s leads nowhere', (path) => expect(localBack(path)).toBeNull())

test('whatever is typed, nobody is led off this site', () => {
  const odd = fc.string({
    unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '?', '#', 'a', '%', '2', 'f', ';'),
  })
  fc.assert(
    fc.property(odd, (text) => {
      const back = localBack(text)
      if (back !== null) expect(new URL(back, 'http://localhost').origin).toBe('http://localhost')
    }),
    { numRuns: 2_000 },
  )
})

test('the way back is one parameter', () => {
  expect(withBack('/sign-in', '/me?a=1&b=2')).toBe('/sign-in?back=%2Fme%3Fa%3D1%26b%3D2')
  expect(withBack('/sign-in', null)).toBe('/sign-in')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCanonicalPath } from '#process/canonical-path.ts'
import { otherSpellings, protectedPath } from '../support/spellings.ts'

test.each([
  '/',
  protectedPath,
  '/courses/jiafeng-jiaxun/yang-zhen',
  '/_astro/Study.BFGd6thL.js',
  '/.well-known/security.txt',
  '/%E5%BB%89%E5%AD%A6',
])('the address %s is taken as it is', (path) => expect(isCanonicalPath(path)).toBe(true))

const misspelt = otherSpellings.filter(([, path]) => path.toLowerCase() !== protectedPath)
test.each(misspelt)('an address with %s is not taken: %s', (_, path) => {
  expect(isCanonicalPath(path)).toBe(false)
})

test.each(['/.env', '/.git/config', '', '*', '/a/.b', '/a?b', '/a#b', '/%e5%bb%89', '/\u5ec9', '/a/..'])(
  'nor is %s',
  (path) => expect(isCanonicalPath(path)).toBe(false),
)

test('an address that is taken says the same after decoding and encoding again, so there is no second spelling', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '.', '%', '%2F', '%61', 'a', ';', '\\', '%E5%BB%89', '%C0%AF'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = `/${pieces.join('')}`
      if (!isCanonicalPath(path)) return
      expect(new URL(path, 'http://x').pathname).toBe(path)
      expect(path.split('/').map(decodeURIComponent).map(encodeURIComponent).join('/')).toBe(path)
    }),
    { numRuns: 3000 },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reconcile } from '#course/reconcile.ts'

test.each([
  ['a new file is taken in', 'a', null, null, 'new'],
  ['nothing changed', 'a', 'a', 'a', 'unchanged'],
  ['only the file changed', 'b', 'a', 'a', 'publish'],
  ['only the studio changed', 'a', 'a', 'b', 'keep'],
  ['both changed to the same', 'b', 'a', 'b', 'adopt'],
  ['both changed', 'b', 'a', 'c', 'conflict'],
  ['the studio wrote it first, a file with its id came later', 'a', null, 'b', 'conflict'],
])('%s', (_, file, imported, current, decision) => {
  expect(reconcile({ file, imported, current })).toBe(decision)
})

test('the studio’s work is never replaced', () => {
  const hash = fc.constantFrom('a', 'b', 'c')
  fc.assert(
    fc.property(hash, fc.option(hash), hash, (file, imported, current) => {
      const studioChanged = current !== imported
      const decision = reconcile({ file, imported, current })
      expect(studioChanged && decision === 'publish').toBe(false)
    }),
  )
})

import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileOf, looks, wayFrom, type Look } from '#export/address.ts'

const anyAddress = fc
  .array(fc.stringMatching(/^[a-z0-9-]{1,8}$/), { maxLength: 3 })
  .map((parts) => `/${parts.join('/')}`)
const anyLook = fc.constantFrom(...(Object.keys(looks) as Look[]))

test('every page has a file of its own in every look', () => {
  expect(fileOf('/', 'standard')).toBe('index.html')
  expect(fileOf('/', 'elder')).toBe('elder/index.html')
  expect(fileOf('/stories/hepu', 'standard')).toBe('stories/hepu/index.html')
  expect(fileOf('/stories/hepu', 'largest')).toBe('elder/largest/stories/hepu/index.html')
})

test('a link from any page to any other arrives there, from whatever folder the export lies in', () => {
  fc.assert(
    fc.property(anyAddress, anyLook, anyAddress, anyLook, (from, look, to, otherLook) => {
      const [start, goal] = [fileOf(from, look), fileOf(to, otherLook)]
      const way = wayFrom(start, goal)
      expect(way).toMatch(/^\.\.?\//)
      expect(new URL(way, `https://host/a/b/${start}`).pathname).toBe(`/a/b/${goal}`)
      expect(posix.join('/folder', posix.dirname(start), way)).toBe(`/folder/${goal}`)
    }),
  )
})

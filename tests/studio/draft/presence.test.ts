// Who else has a draft open is said to who writes, and forgotten when the page is gone.
import { expect, test } from 'vitest'
import { Presence, silence } from '#studio/draft/presence.ts'

const li = { id: 'p1', name: '李明' }
const wang = { id: 'p2', name: '王芳' }

test('the second to open a draft sees who is there, and the first hears of it', () => {
  const presence = new Presence()
  expect(presence.note('d', li, 0)).toEqual([])
  expect(presence.note('d', wang, 1000)).toEqual(['李明'])
  expect(presence.note('d', li, 2000)).toEqual(['王芳'])
  expect(presence.note('other', li, 2000)).toEqual([])
})

test('a page that says nothing for half a minute is gone', () => {
  const presence = new Presence()
  presence.note('d', li, 0)
  expect(presence.note('d', wang, silence)).toEqual(['李明'])
  expect(presence.note('d', wang, silence + 1)).toEqual([])
  presence.sweep(3 * silence)
  expect(presence.note('d', li, 3 * silence)).toEqual([])
})

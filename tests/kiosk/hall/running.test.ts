// What a screen keeps of a session that runs: enough to go on after a restart, and no name of anybody.
import { expect, test } from 'vitest'
import { titleFor } from '#kiosk/hall/begin-words.ts'
import { namesIn } from '#kiosk/hall/names-in.ts'
import { choiceOf } from '#kiosk/hall/options.ts'
import { beginsAs, doneHere, elapsed, isForgotten, keep, kept, moved, noteDone } from '#kiosk/hall/running.ts'
import type { Item } from '#quiz/question.ts'

const session = {
  ...{
    id: '0199d2a4-0000-4000-8000-000000000001',
    title: '11月三会一课',
    kind: '三会一课',
    agenda: ['学一课'],
  },
  ...{ lesson: 'lsn-sizhi', secret: 'a-secret-of-the-screen-0123456789' },
}
const second = 1000

/** The storage of a browser, as far as it is used here. */
function storage(): Storage {
  const map = new Map<string, string>()
  return {
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
    removeItem: (name) => void map.delete(name),
    clear: () => map.clear(),
    key: () => null,
    length: 0,
  }
}

test('a restart goes on where the session was, the time that the machine was off included', () => {
  const store = storage()
  const begun = beginsAs(session, 'here', 0, { mono: 5 * second, wall: 1_000_000 })
  const later = moved(begun, { mono: 65 * second, wall: 1_060_000 })
  keep(store, { ...later, in: ['key-1'] })
  const again = kept(store, 'here', { mono: 0, wall: 1_090_000 })
  expect(again).toMatchObject({ session: session.id, in: ['key-1'] })
  expect(again && elapsed(again)).toBe(90 * second)
})

test('a wall clock that is set back while the machine is off takes no time away', () => {
  const store = storage()
  keep(
    store,
    moved(beginsAs(session, 'here', 0, { mono: 0, wall: 1e12 }), {
      mono: 60 * second,
      wall: 1e12 + 60 * second,
    }),
  )
  const again = kept(store, 'here', { mono: 0, wall: 1e6 })
  expect(again && elapsed(again)).toBe(60 * second)
})

test('a session that nobody ended is forgotten after half a day, and not because a wall clock was mended', () => {
  const begun = beginsAs(session, 'here', 0, { mono: 0, wall: 0 })
  expect(isForgotten(moved(begun, { mono: 3600 * second, wall: 1e12 }))).toBe(false)
  expect(isForgotten(moved(begun, { mono: 13 * 3600 * second, wall: 13 * 3600 * second }))).toBe(true)
})

test('one that was begun on a phone has been running for as long as the sheet says', () => {
  expect(elapsed(beginsAs(session, 'here', 40 * second, { mono: 0, wall: 0 }))).toBe(40 * second)
})

test('another screen, damaged words and an ended session are nothing to go on with', () => {
  const store = storage()
  const begun = beginsAs(session, 'here', 0, { mono: 0, wall: 0 })
  keep(store, begun)
  expect(kept(store, 'elsewhere', { mono: 0, wall: 0 })).toBeNull()
  keep(store, null)
  expect(kept(store, 'here', { mono: 0, wall: 0 })).toBeNull()
  store.setItem('kiosk-hall', '{"kiosk":"here"}')
  expect(kept(store, 'here', { mono: 0, wall: 0 })).toBeNull()
})

test('nothing that is kept holds a name or a number of anybody', () => {
  const store = storage()
  const begun = beginsAs(session, 'here', 0, { mono: 0, wall: 0 })
  keep(store, { ...begun, in: ['key-1'], out: ['key-1'] })
  expect(Object.keys(JSON.parse(store.getItem('kiosk-hall') ?? '{}') as object).sort()).toEqual(
    [
      ...[
        'agenda',
        'asking',
        'clock',
        'ending',
        'hands',
        'in',
        'kiosk',
        'lesson',
        'out',
        'secret',
        'session',
      ],
      ...['title', 'type'],
    ].sort(),
  )
})

test('who gave name and PIN waits for the server; who came by phone is known; who left is said to have left', () => {
  const row = (key: string) => ({ key, name: `某${key}`, number: '', letter: 'M' })
  const live = {
    people: [
      { key: 'b', name: '某b', left: false },
      { key: 'd', name: '客人', left: true },
    ],
  }
  expect(namesIn({ in: ['a', 'b'], out: ['b'] }, live, [row('a'), row('b'), row('c')])).toEqual([
    { key: 'b', name: '某b', left: true, pending: false },
    { key: 'd', name: '客人', left: true, pending: false },
    { key: 'a', name: '某a', left: false, pending: true },
  ])
})

test('the second session of a day gets a title of its own', () => {
  const at = Date.parse('2026-11-27T01:00:00.000Z')
  expect(titleFor('三会一课', at, [])).toBe('11月27日三会一课')
  expect(titleFor('三会一课', at, [{ title: '11月27日三会一课' }])).toBe('11月27日三会一课（第二场）')
})

test('a hall is asked what can be chosen; a word to be written is not asked', () => {
  const words = { passage: '公示七天。', stem: '公示几天？', rationale: '七天。' }
  const common = { id: 'itm-a', revision: 1, indicator: 'openness', difficulty: 'easy', ...words } as const
  const options = ['三天', '七天'].map((text, i) => ({ id: 'ab'.charAt(i), text }))
  const single: Item = { ...common, kind: 'single', options, key: 'b' }
  expect(choiceOf(single)).toMatchObject({ options: ['三天', '七天'], right: [1], several: false })
  const several: Item = { ...common, kind: 'multiple', options, key: ['a', 'b'] }
  expect(choiceOf(several)).toMatchObject({ right: [0, 1], several: true })
  expect(choiceOf({ ...common, kind: 'true-false', key: false })).toMatchObject({
    options: ['对', '错'],
    right: [1],
  })
  expect(choiceOf({ ...common, kind: 'fill-in', stem: '公示____天。', key: { accept: ['七'] } })).toBeNull()
})

test('what ended here is not offered again, and the list of it does not grow for ever', () => {
  const store = storage()
  expect(doneHere(store)).toEqual([])
  for (let i = 0; i < 60; i++) noteDone(store, `session-${i}`)
  expect(doneHere(store)).toHaveLength(50)
  expect(doneHere(store).at(-1)).toBe('session-59')
})

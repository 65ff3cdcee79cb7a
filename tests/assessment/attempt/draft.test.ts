// Half an answer, an old one, a strange one: what is kept of it and what stands.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftIn, readDraft, replaces, type Draft } from '#assessment/attempt/draft.ts'
import { shownAgain } from '#assessment/attempt/shown-again.ts'
import { order, shortAnswer, single } from './world.ts'

const draft = (more: Partial<Draft> = {}): Draft => ({
  fields: [],
  marked: false,
  page: 'p',
  seq: 0,
  ...more,
})

test('nothing, half and whole are told apart, with what is missing in words', () => {
  const item = order({ id: 'itm-o' })
  expect(readDraft(item, null).state).toBe('none')
  expect(readDraft(item, draft({ fields: [['place-a', '']] })).state).toBe('none')
  expect(readDraft(item, draft({ fields: [['place-a', '1']] }))).toMatchObject({
    state: 'partial',
    missing: '还有3步没有排好，请给每一步排好位置',
    answer: null,
  })
  const whole: [string, string][] = [
    ['place-b', '1'],
    ['place-c', '2'],
    ['place-a', '3'],
    ['place-d', '4'],
  ]
  expect(readDraft(item, draft({ fields: whole }))).toMatchObject({
    state: 'answered',
    answer: { kind: 'order', order: ['b', 'c', 'a', 'd'] },
    grade: { type: 'graded', earned: 3, possible: 3 },
  })
  expect(readDraft(shortAnswer({ id: 'itm-s' }), draft({ fields: [['text', '大家看得见']] }))).toMatchObject({
    state: 'answered',
    grade: { type: 'waiting' },
  })
})

test('whatever fields arrive, reading them ends in one of the three, and they are shown again as they were', () => {
  const fields = fc.array(fc.tuple(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 })), {
    maxLength: 20,
  })
  fc.assert(
    fc.property(fields, (sent) => {
      for (const item of [single({ id: 'itm-a' }), order({ id: 'itm-o' })])
        expect(['none', 'partial', 'answered']).toContain(readDraft(item, draft({ fields: sent })).state)
      expect(
        Object.entries(shownAgain(sent))
          .flatMap(([name, values]) => values.map((value) => [name, value]))
          .sort(),
      ).toEqual([...sent].sort())
    }),
  )
})

test('an answer that was handed in is no draft', () => {
  expect(draftIn({ kind: 'single', choice: 'a' })).toBeNull()
  expect(draftIn(null)).toBeNull()
  expect(draftIn(draft())).toEqual(draft())
})

test('of one page the number decides, of two the time, and what is there first stands against nothing', () => {
  const there = { draft: draft({ page: 'p', seq: 4 }), given: '2026-03-10T02:00:05.000Z' }
  const coming = (page: string, seq: number, given: string) => ({ draft: draft({ page, seq }), given })
  expect(replaces(coming('p', 5, '2026-03-10T02:00:00.000Z'), there)).toBe(true)
  expect(replaces(coming('p', 3, '2026-03-10T02:00:09.000Z'), there)).toBe(false)
  expect(replaces(coming('q', 0, '2026-03-10T02:00:04.000Z'), there)).toBe(false)
  expect(replaces(coming('q', 0, '2026-03-10T02:00:06.000Z'), there)).toBe(true)
  expect(replaces(coming('q', 0, '2026-03-10T02:00:00.000Z'), { draft: null, given: null })).toBe(true)
})

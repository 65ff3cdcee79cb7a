import { expect, test } from 'vitest'
import { outcomeOf } from '#kiosk/screen/check-answer.ts'
import { questionOf } from '#kiosk/screen/frames.ts'
import { formOf, placeOf, questionsOf } from '#kiosk/visitor/game.ts'
import { optionsOf } from '#quiz/kinds/registry.ts'
import { keepTelling } from '#kiosk/visitor/tell.ts'
import { VoicePart, StoryTold } from '#kiosk/visitor/body.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Item } from '#quiz/question.ts'
import { contents, item } from '../screen/sample.ts'

test('whoever touches the question of today meets it first, and every other one once', () => {
  for (const on of ['2026-11-27', '2026-11-28', '2026-11-29']) {
    const asked = questionsOf(contents, on, Math.random).map(({ id }) => id)
    expect(asked[0]).toBe(questionOf(on, contents)?.id)
    expect(asked.toSorted()).toEqual(contents.game)
  }
})

test('two games in a row do not ask in the same order by themselves', () => {
  const orderWith = (ranks: number[]) =>
    questionsOf(contents, '2026-11-27', () => ranks.shift() ?? 0)
      .slice(1)
      .map(({ id }) => id)
  expect(orderWith([0.1, 0.9])).toEqual(orderWith([0.9, 0.1]).toReversed())
})

test('a touch is graded as the same answer would be on the phone', () => {
  const { id: _, ...rest } = item('itm-9')
  const choice: Item = {
    ...{ ...rest, id: 'itm-9', kind: 'multiple', key: ['a', 'c'] },
    options: [
      { id: 'a', text: '甲' },
      { id: 'b', text: '乙' },
      { id: 'c', text: '丙' },
    ],
  } as Item
  expect(optionsOf(choice)?.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(outcomeOf(choice, formOf(['c', 'a']))).toMatchObject({ is: 'graded', right: true })
  expect(outcomeOf(choice, formOf(['a']))).toMatchObject({ is: 'graded', right: false })
  expect(outcomeOf(choice, formOf([])).is).toBe('missing')
  expect(optionsOf(item('itm-1'))?.map(({ text }) => text)).toEqual(['对', '错'])
  expect(outcomeOf(item('itm-1'), formOf(['true']))).toMatchObject({ right: true })
})

test('it says where to read on, if the pack has it', () => {
  expect(placeOf(item('itm-1'), contents)?.view).toEqual({ name: 'lesson', id: 'lsn-a' })
  expect(placeOf(item('itm-2', 'sto-a'), contents)?.view).toEqual({ name: 'story', id: 'sto-a' })
  expect(placeOf(item('itm-7', 'lsn-elsewhere'), contents)).toBeNull()
})

test('three minutes of voice fit into entries, each of which is whole by itself', async () => {
  const kept: EntryBody[] = []
  const keep = async (body: EntryBody) => {
    kept.push(body)
    return '0198c0de-0000-7000-8000-000000000001'
  }
  const blob = new Blob([new Uint8Array(540_000)], { type: 'audio/webm' })
  await keepTelling(keep, { title: '题目', teller: '', text: '', voice: { blob, seconds: 180 } })
  const [story, ...parts] = kept
  expect(StoryTold.parse(story).voice).toEqual({ type: 'audio/webm', parts: 12, seconds: 180 })
  expect(parts.map((part) => VoicePart.parse(part).part)).toEqual(Array.from({ length: 12 }, (_, i) => i))
})

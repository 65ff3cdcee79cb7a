import { expect, test } from 'vitest'
import { contentModel } from './content.ts'
import { examItems, papers } from '#demo/exam.ts'
import { Item } from '#quiz/question.ts'
import { indicatorsOf } from '#record/capability/model.ts'

test('every indicator has four questions that the bank would take', () => {
  const items = indicatorsOf(contentModel).flatMap((indicator) => examItems(indicator, contentModel))
  expect(items).toHaveLength(96)
  for (const item of items) expect(Item.safeParse(item)).toMatchObject({ success: true })
  expect(new Set(items.map(({ id }) => id)).size).toBe(96)
})

test('the three papers ask every dimension once', () => {
  const asked = Object.values(papers).flatMap(({ dimensions }) => dimensions)
  expect(asked.sort()).toEqual(contentModel.dimensions.map(({ id }) => id).sort())
})

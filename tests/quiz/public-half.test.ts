import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicHalf } from '#quiz/public-half.ts'
import { Item, PublicQuestion } from '#quiz/question.ts'
import { anyItem, rightAnswer } from './invented.ts'
import { items, samples } from './samples.ts'

const json = (item: Item) => JSON.stringify(publicHalf(item))

test.each(items)('nothing of the answer to a $kind question reaches the browser', (item) => {
  expect(json(item)).not.toContain('密')
  for (const name of ['key', 'accept', 'rationale', 'passage', 'difficulty', 'indicator'])
    expect(json(item)).not.toContain(`"${name}"`)
})

test('nothing of the answer reaches the browser, whatever the item', () => {
  fc.assert(
    fc.property(anyItem, (item) => {
      expect(json(item)).not.toContain('密')
      expect(PublicQuestion.safeParse(publicHalf(item)).error).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('a browser sees the same whichever answer is right', () => {
  const seen = (change: object) => publicHalf(Item.parse(change))
  for (const key of ['a', 'b', 'c', 'd'])
    expect(seen({ ...samples.single, key })).toEqual(seen(samples.single))
  for (const key of [['a'], ['c', 'd']])
    expect(seen({ ...samples.multiple, key })).toEqual(seen(samples.multiple))
  expect(seen({ ...samples['true-false'], key: true })).toEqual(seen(samples['true-false']))
  expect(seen({ ...samples['fill-in'], key: { accept: ['别的'] } })).toEqual(seen(samples['fill-in']))
})

test('the order shown depends neither on the author’s order nor on the key, save that it is never the key', () => {
  fc.assert(
    fc.property(anyItem, fc.integer(), (item, turn) => {
      if (item.kind !== 'order') return
      const by = Math.abs(turn) % item.steps.length
      const steps = [...item.steps.slice(by), ...item.steps.slice(0, by)]
      expect(publicHalf({ ...item, steps })).toEqual(publicHalf(item))
      const shown = (publicHalf(item) as Extract<PublicQuestion, { kind: 'order' }>).steps.map(
        (step) => step.id,
      )
      expect([...shown].sort()).toEqual([...item.key].sort())
      expect(shown).not.toEqual(item.key)
    }),
    { numRuns: 500 },
  )
})

test('reading straight across is never the answer to a match question', () => {
  fc.assert(
    fc.property(anyItem, fc.string(), (item, seed) => {
      const shown = publicHalf(item, seed)
      if (item.kind !== 'match' || shown.kind !== 'match') return
      expect(shown.right.map((part) => part.id).sort()).toEqual(item.right.map((part) => part.id).sort())
      expect(item.left.every((part, i) => shown.right[i]?.id === item.key[part.id])).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('everybody sees the same order, unless the caller asks for another', () => {
  expect(publicHalf(samples.order)).toEqual(publicHalf(structuredClone(samples.order)))
  const seen = new Set(
    Array.from({ length: 40 }, (_, seed) => JSON.stringify(publicHalf(samples.order, `${seed}`))),
  )
  expect(seen.size).toBeGreaterThan(5)
})

test('options keep the author’s order, since some say “the above”', () => {
  const shown = publicHalf(samples.single)
  expect(shown.kind === 'single' && shown.options).toEqual(samples.single.options)
})

test('making the public half changes nothing in the item', () => {
  const before = structuredClone(items)
  for (const item of items) publicHalf(item)
  expect(items).toEqual(before)
  expect(items.map(rightAnswer)).toEqual(before.map(rightAnswer))
})

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kinds, type KindName } from '#quiz/kinds/registry.ts'
import { publicHalf, questionFor } from '#quiz/public-half.ts'
import { Item, PublicQuestion } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { anyItem } from './invented.ts'
import { items, samples } from './samples.ts'
import { hiddenOfEvery, secrets } from './secrets.ts'

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

const seeds = Array.from({ length: 60 }, (_, seed) => `${seed}`)
/** Whether there is an order that must not be shown, because it is the key. */
const hasOrder = ({ kind }: Item) => ['order', 'match', 'procedure'].includes(kind)

test.each(Object.keys(kinds) as KindName[])(
  'of a %s question a browser sees the same, whatever is kept from it',
  (kind) => {
    const [sample, variants] = [Item.parse(samples[kind]), secrets[kind].map((each) => Item.parse(each))]
    expect(variants.length).toBeGreaterThan(0)
    for (const variant of variants) {
      expect(variant).not.toEqual(sample)
      const alike = seeds.filter((seed) =>
        isDeepStrictEqual(questionFor(variant, seed), questionFor(sample, seed)),
      )
      // An order that happens to be the key gives way to the next, and then shows only which order is not the key.
      expect(alike.length).toBeGreaterThan(hasOrder(sample) ? seeds.length / 2 : seeds.length - 1)
    }
    // The key is among what was varied.
    const right = variants.map(rightAnswer)
    expect(right.some((answer) => JSON.stringify(answer) !== JSON.stringify(rightAnswer(sample)))).toBe(true)
  },
)

test('of no question a browser sees passage, rationale, source, indicator or difficulty', () => {
  fc.assert(
    fc.property(anyItem, fc.string(), (item, seed) => {
      for (const [name, value] of Object.entries(hiddenOfEvery))
        expect(questionFor({ ...item, [name]: value }, seed)).toEqual(questionFor(item, seed))
    }),
  )
})

test('on a paper options come in an order of its own, the same each time it is shown', () => {
  const orders = new Set<string>()
  for (let seed = 0; seed < 60; seed++) {
    const shown = questionFor(samples.single, `${seed}`)
    expect(questionFor(samples.single, `${seed}`)).toEqual(shown)
    if (shown.kind !== 'single') throw new Error('It became another kind.')
    expect([...shown.options].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(samples.single.options)
    orders.add(shown.options.map(({ id }) => id).join(''))
  }
  expect(orders.size).toBeGreaterThan(12)
})

test('the steps of a procedure are never shown in their order, and “nothing wrong” stands last', () => {
  for (let seed = 0; seed < 60; seed++) {
    const shown = publicHalf(samples.procedure, `${seed}`)
    if (shown.kind !== 'procedure') throw new Error('It became another kind.')
    const [next, , judge] = shown.stages
    expect(next?.options.map(({ id }) => id)).not.toEqual(['propose', 'meet', 'publish'])
    expect(judge?.options.at(-1)?.id).toBe('none')
  }
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
})

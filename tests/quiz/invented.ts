// Items and answers made up by fast-check: any valid item of any kind, and any answer to it, sensible or not.
import fc from 'fast-check'
import { fold } from '#quiz/kinds/fill-in/kind.ts'
import { Item, type Answer } from '#quiz/question.ts'
import type { Part } from '#quiz/kinds/kind.ts'

const secret = (name: string) => fc.uuid().map((id) => `密${name}${id}`)

const common = fc.record({
  id: fc.stringMatching(/^itm-[a-z0-9]{1,12}$/),
  revision: fc.integer({ min: 1, max: 9 }),
  indicator: fc.constant('openness'),
  difficulty: fc.constantFrom('easy' as const, 'medium' as const, 'hard' as const),
  passage: secret('文'),
  rationale: secret('解'),
  stem: fc.string({ minLength: 1, maxLength: 40 }).map((text) => `题${text.replaceAll('_', '')}`),
})

const partId = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/)

const parts = (minLength: number): fc.Arbitrary<Part[]> =>
  fc
    .uniqueArray(partId, { minLength, maxLength: 8 })
    .map((ids) => ids.map((id, i) => ({ id, text: `项${i}${id}` })))

const ids = (list: Part[]) => list.map((part) => part.id)

const options = parts(2)

const own = {
  single: options.chain((options) =>
    fc.record({
      kind: fc.constant('single'),
      options: fc.constant(options),
      key: fc.constantFrom(...ids(options)),
    }),
  ),
  multiple: options.chain((options) =>
    fc.record({
      kind: fc.constant('multiple'),
      options: fc.constant(options),
      key: fc.subarray(ids(options), { minLength: 1 }),
    }),
  ),
  'true-false': fc.record({ kind: fc.constant('true-false'), key: fc.boolean() }),
  order: parts(3).chain((steps) =>
    fc.record({
      kind: fc.constant('order'),
      steps: fc.constant(steps),
      key: fc.shuffledSubarray(ids(steps), { minLength: steps.length }),
    }),
  ),
  match: fc.tuple(parts(2), parts(3)).chain(([left, right]) =>
    fc.record({
      kind: fc.constant('match'),
      left: fc.constant(left),
      right: fc.constant(right),
      key: fc
        .tuple(...left.map(() => fc.constantFrom(...ids(right))))
        .map((chosen) => Object.fromEntries(ids(left).map((id, i) => [id, chosen[i]]))),
    }),
  ),
  'fill-in': fc.record({
    kind: fc.constant('fill-in'),
    key: fc.record({ accept: fc.array(secret('答'), { minLength: 1, maxLength: 3 }) }),
  }),
}

/** Any valid item. What the schema refuses (ids that tell the key) is not made. */
export const anyItem: fc.Arbitrary<Item> = fc
  .tuple(common, fc.oneof(...Object.values(own)))
  .map(([shared, kind]) =>
    Item.safeParse({
      ...shared,
      ...kind,
      stem: kind.kind === 'fill-in' ? `${shared.stem}____` : shared.stem,
    }),
  )
  .filter((result) => result.success)
  .map((result) => result.data)

const someOf = (list: Part[]) => fc.array(fc.oneof(fc.constantFrom(...ids(list)), partId), { maxLength: 9 })

/** Any answer of the item's kind: right, wrong, partial, or naming parts that are not there. */
export function anyAnswer(item: Item): fc.Arbitrary<Answer> {
  switch (item.kind) {
    case 'single':
      return fc.record({
        kind: fc.constant(item.kind),
        choice: fc.oneof(fc.constantFrom(...ids(item.options)), partId),
      })
    case 'multiple':
      return fc.record({ kind: fc.constant(item.kind), choices: someOf(item.options) })
    case 'true-false':
      return fc.record({ kind: fc.constant(item.kind), choice: fc.boolean() })
    case 'order':
      return fc.record({
        kind: fc.constant(item.kind),
        order: fc.oneof(
          someOf(item.steps),
          fc.shuffledSubarray(ids(item.steps), { minLength: item.steps.length }),
        ),
      })
    case 'match':
      return fc.record({
        kind: fc.constant(item.kind),
        pairs: fc.oneof(
          fc.dictionary(fc.constantFrom(...ids(item.left)), fc.constantFrom(...ids(item.right))),
          fc.dictionary(partId, partId),
        ),
      })
    case 'fill-in':
      return fc.record({
        kind: fc.constant(item.kind),
        text: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...item.key.accept)),
      })
  }
}

/** The answer that the key describes. */
export function rightAnswer(item: Item): Answer {
  switch (item.kind) {
    case 'single':
      return { kind: item.kind, choice: item.key }
    case 'multiple':
      return { kind: item.kind, choices: item.key }
    case 'true-false':
      return { kind: item.kind, choice: item.key }
    case 'order':
      return { kind: item.kind, order: item.key }
    case 'match':
      return { kind: item.kind, pairs: item.key }
    case 'fill-in':
      return { kind: item.kind, text: item.key.accept.find((form) => fold(form) !== '') ?? '' }
  }
}

/** An item with an answer to it. */
export const anyPair = anyItem.chain((item) =>
  fc.record({ item: fc.constant(item), answer: anyAnswer(item) }),
)

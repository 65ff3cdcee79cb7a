// Items and answers made up by fast-check: any valid item of any kind, and any answer to it, sensible or not.
import fc from 'fast-check'
import type { Part } from '#quiz/kinds/kind.ts'
import type { KindName } from '#quiz/kinds/registry.ts'
import { Credit } from '#quiz/kinds/ticks.ts'
import { Answer, Item } from '#quiz/question.ts'
import { blindAnswer, rightAnswer } from '#quiz/say-answer.ts'
import { mulberry32 } from '#demo/random.ts'
import { meeting } from './samples.ts'

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

const scenes = parts(2).chain((ids) =>
  fc.tuple(
    ...ids.map(({ id }, i) =>
      fc.record({
        id: fc.constant(id),
        text: fc.constant(`场面${i}`),
        choices: fc
          .uniqueArray(partId, { minLength: 2, maxLength: 5 })
          .chain((choices) =>
            fc.tuple(
              ...choices.map((choice) =>
                fc.record(
                  {
                    id: fc.constant(choice),
                    text: fc.constant(`做法${choice}`),
                    weight: fc.integer({ min: 0, max: 3 }),
                    outcome: secret('果'),
                    then: fc.constantFrom(...ids.slice(i + 1).map((later) => later.id), ''),
                  },
                  { requiredKeys: ['id', 'text', 'weight', 'outcome'] },
                ),
              ),
            ),
          )
          // The first choice always leads on, so that every scene can be reached.
          .map((choices) =>
            choices.map(({ then, ...choice }, n) => {
              const next = n === 0 ? ids[i + 1]?.id : then
              return next ? { ...choice, then: next } : choice
            }),
          ),
      }),
    ),
  ),
)

const whole = fc.integer({ min: 1, max: 99 })
const share = fc.constantFrom([1, 2], [2, 3], [4, 5], [1, 1])

/** The procedure of the samples with other shares, days and orders. */
const rules = fc
  .tuple(share, share, whole, whole, fc.shuffledSubarray(meeting.steps, { minLength: 3 }), fc.boolean())
  .map(([atLeast, moreThan, least, most, steps, mayFollow]) => ({
    ...meeting,
    steps: steps.map((step) => ({
      ...step,
      mayFollow: mayFollow ? step.mayFollow : [],
      needs: step.needs.map((need) => ({
        ...need,
        ...('atLeast' in need && { atLeast }),
        ...('moreThan' in need && { moreThan }),
        ...('least' in need && { least }),
        ...('most' in need && { most }),
      })),
    })),
  }))

const stepId = fc.constantFrom(...meeting.steps.map(({ id }) => id))
const stage = fc.oneof(
  fc.record({ ask: fc.constant('next'), after: stepId }),
  fc.record({
    ask: fc.constant('least'),
    step: fc.constant('meet'),
    need: fc.constantFrom('quorum', 'approval', 'notice'),
    facts: fc.record({ due: whole, present: whole }),
  }),
  fc.record({
    ask: fc.constant('judge'),
    step: stepId,
    after: fc.oneof(stepId, fc.constant(null), fc.constant(undefined)),
    facts: fc.record({
      ...{ due: whole, present: whole, approve: whole, noticeDays: whole, daysAfter: whole },
      signed: fc.boolean(),
    }),
  }),
)

/** What each kind has of its own. */
const own: { [K in KindName]: fc.Arbitrary<{ kind: string }> } = {
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
      credit: fc.constantFrom(undefined, ...Credit.options),
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
  scenario: fc.record({ kind: fc.constant('scenario'), scenes }),
  procedure: fc.tuple(rules, fc.array(stage, { minLength: 2, maxLength: 8 })).map(([rules, stages]) => ({
    kind: 'procedure',
    procedure: rules.id,
    rules,
    stages: stages.map((one, i) => ({ ...one, id: `p${i}`, text: `第${i}问` })),
  })),
  'short-answer': fc.record({
    kind: fc.constant('short-answer'),
    rubric: parts(1).map((list) =>
      list.map((part, i) => ({ ...part, text: `密点${part.text}`, points: i + 1 })),
    ),
    longest: fc.integer({ min: 60, max: 1000 }),
    model: secret('答'),
  }),
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

/** What may stand where a part, a place or a text is named. */
const junk = fc.oneof(
  partId,
  fc.constantFrom('constructor', 'valueof', 'none', '0', '28', '999999', ''),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

/** The same value with something in it lost, doubled or replaced here and there. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'boolean') return fc.boolean()
  if (typeof value === 'string') return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, junk)
  if (Array.isArray(value))
    return fc.tuple(...value.map(spoiled)).chain((list) =>
      fc.oneof(
        fc.constant(list),
        fc.shuffledSubarray(list),
        fc.constant([...list, ...list]),
        junk.map((one) => [...list, one]),
      ),
    )
  const entries = Object.entries(value as object)
  return fc
    .tuple(...entries.map(([, each]) => spoiled(each)))
    .map((values) => entries.map(([name], i) => [name, values[i]] as const))
    .chain((list) =>
      fc.oneof(
        fc.constant(list),
        fc.subarray(list),
        junk.map((name) => [...list, [name, list[0]?.[1] ?? ''] as const]),
      ),
    )
    .map((list) => Object.fromEntries(list))
}

/** Any answer of the item's kind: right, wrong, partial, or naming parts that are not there. */
export const anyAnswer = (item: Item): fc.Arbitrary<Answer> =>
  fc
    .oneof(
      fc.constant(rightAnswer(item)),
      fc.nat().map((seed) => blindAnswer(item, mulberry32(seed))),
    )
    .chain(({ kind, ...rest }) =>
      fc.oneof(fc.constant(rest), spoiled(rest)).map((own) => Answer.safeParse({ kind, ...(own as object) })),
    )
    .filter((result) => result.success)
    .map((result) => result.data)

/** An item with an answer to it. */
export const anyPair = anyItem.chain((item) =>
  fc.record({ item: fc.constant(item), answer: anyAnswer(item) }),
)

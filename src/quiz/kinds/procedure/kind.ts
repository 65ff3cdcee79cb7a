// procedure 程序: a case is walked through by the rules of its procedure. Which step comes next, how many are needed, what
// is wrong with a record: every key is computed from rules and facts, none is written by hand.
import { z } from 'astro/zod'
import { pick, type Random } from '#quiz/chance.ts'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  own,
  Part,
  PartId,
  seen,
  stale,
  textOf,
  textsOf,
  type Arrange,
  type Incomplete,
} from '#quiz/kinds/kind.ts'
import { Procedure } from '#quiz/kinds/procedure/rules.ts'
import {
  explainStage,
  faultIn,
  faultParts,
  keyOf,
  nothingWrong,
  partsOf,
  sayFacts,
  Stage,
  stepParts,
  unitOf,
} from '#quiz/kinds/procedure/stage.ts'
import { sumOverTicks, tickedBy, ticksEarn } from '#quiz/kinds/ticks.ts'

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('procedure'),
    /** Id of the procedure. */
    procedure: PartId,
    /** Its rules, put in when the item enters the bank: an item revision never changes with a later file. */
    rules: Procedure,
    stages: z.array(Stage).min(2, '至少写两问').max(8, '最多写八问'),
  })
  .refine(({ procedure, rules }) => procedure === rules.id, { path: ['procedure'], error: '程序代号对不上' })
  .refine(({ stages }) => new Set(stages.map(({ id }) => id)).size === stages.length, {
    path: ['stages'],
    error: '有两问用了同一个编号',
  })
  .superRefine(({ rules, stages }, check) => {
    for (const [index, stage] of stages.entries()) {
      const message = faultIn(rules, stage)
      if (message) check.addIssue({ code: 'custom', path: ['stages', index], message })
    }
  })
type Walk = Pick<z.infer<typeof item>, 'rules' | 'stages'>
type Given = Readonly<Record<string, readonly string[]>>

/** Faults that can be ticked, and how many of them are there; “nothing wrong” is no fault. */
function boxesOf(rules: Procedure, stage: Stage) {
  const right = keyOf(rules, stage).filter((id) => id !== nothingWrong.id).length
  return { options: faultParts(rules).length, right }
}

/** Points that a stage is worth: one, or one for each fault. */
const worth = (rules: Procedure, stage: Stage) => (stage.ask === 'judge' ? keyOf(rules, stage).length : 1)

function pointsOf(rules: Procedure, stage: Stage, given: readonly string[]): number {
  const key = keyOf(rules, stage)
  if (stage.ask === 'least') return Number(given[0]) === Number(key[0]) ? 1 : 0
  const hits = given.filter((id) => key.includes(id)).length
  if (stage.ask === 'next') return hits
  return ticksEarn('right-minus-wrong', boxesOf(rules, stage), hits, given.length - hits)
}

/** Mean points of `blindly`; a number is not hit by chance. */
function blindPoints(rules: Procedure, stage: Stage): number {
  if (stage.ask === 'least') return 0
  if (stage.ask === 'next') return keyOf(rules, stage).length / rules.steps.length
  const boxes = boxesOf(rules, stage)
  // Ticking no fault is saying that there is none, which earns its point where it is so.
  const sum = sumOverTicks('right-minus-wrong', boxes) + (boxes.right === 0 ? 1 : 0)
  return sum / 2 ** boxes.options
}

/** Any step, no likely number, each fault as a coin falls. */
function blindly(rules: Procedure, stage: Stage, random: Random): string[] {
  if (stage.ask === 'least') return ['0']
  if (stage.ask === 'next') return [pick(random, rules.steps).id]
  const faults = faultParts(rules).map(({ id }) => id)
  const ticked = tickedBy(Math.floor(random() * 2 ** faults.length), faults)
  return ticked.length > 0 ? ticked : [nothingWrong.id]
}

const total = ({ rules, stages }: Walk, points: (rules: Procedure, stage: Stage) => number) =>
  stages.reduce((sum, stage) => sum + points(rules, stage), 0)

/** Why an answer cannot be graded; null if it can. */
function whyNot({ rules, stages }: Walk, given: Given): Incomplete | null {
  const known = stages.every((stage) => {
    const [ids, ticks] = [partsOf(rules, stage).map(({ id }) => id), own(given, stage.id) ?? []]
    return stage.ask === 'least' || ticks.every((id) => ids.includes(id))
  })
  if (!known) return stale
  for (const [index, { id, ask }] of stages.entries()) {
    const ticks = own(given, id) ?? []
    const number = index + 1
    if (ticks.length === 0) return incomplete(`第${number}问还没有答，请答完再交`)
    if (ask === 'least' && !/^\d{1,6}$/.test(ticks[0] ?? ''))
      return incomplete(`第${number}问请只写数字，例如28`)
    if (ask === 'judge' && ticks.length > 1 && ticks.includes(nothingWrong.id))
      return incomplete(`第${number}问选了“没有问题”，又选了问题，请改一改`)
    if (ask !== 'judge' && ticks.length > 1) return stale
  }
  return null
}

const shown = z.strictObject({
  id: PartId,
  ask: z.enum(['next', 'least', 'judge']),
  text: z.string(),
  /** Label and value of what is recorded. */
  facts: z.array(z.tuple([z.string(), z.string()])),
  /** Steps to choose one of, or faults to tick; none where a number is asked for. */
  options: z.array(Part),
  /** What the number counts. */
  unit: z.string(),
})

function show(rules: Procedure, stage: Stage, arrange: Arrange): z.infer<typeof shown> {
  const { id, ask, text } = stage
  const steps = stepParts(rules)
  const options = {
    next: () =>
      arrange(
        steps,
        steps.map(({ id }) => id),
      ),
    least: () => [],
    judge: () => [...arrange(faultParts(rules)), nothingWrong],
  }
  return { id, ask, text, facts: sayFacts(rules, stage), options: options[ask](), unit: unitOf(rules, stage) }
}

/** What was given to a stage, in words. */
function sayGiven(rules: Procedure, stage: Stage, given: readonly string[]): string {
  if (stage.ask === 'least') return given.map((number) => `${number}${unitOf(rules, stage)}`).join('、')
  return given.map((id) => textOf(partsOf(rules, stage), id)).join('、')
}

export const procedure = defineKind({
  name: '程序题',
  asks: '照程序一问一问答',
  item,
  question: z.strictObject({
    ...everyQuestion,
    kind: z.literal('procedure'),
    /** Title and version of the procedure, and what to know about it. */
    title: z.string(),
    note: z.string(),
    stages: z.array(shown),
  }),
  answer: z.strictObject({
    kind: z.literal('procedure'),
    /** For each stage the step chosen, the faults ticked, or the number written. */
    stages: z.record(PartId, z.array(z.string().max(24)).max(20)),
  }),
  publicHalf: (item, arrange) => ({
    ...seen(item),
    kind: item.kind,
    title: `${item.rules.title}（${item.rules.version}）`,
    note: item.rules.note,
    stages: item.stages.map((stage) => show(item.rules, stage, arrange)),
  }),
  printed: ({ stages }) =>
    stages.map(({ text, facts, options }) => ({
      text: [text, ...facts.map((fact) => fact.join('：'))].join('；'),
      lists: options.length > 0 ? [textsOf(options)] : [],
    })),
  parseAnswer(form) {
    const given = new Map<string, string[]>()
    for (const [stage, value] of fieldsAfter(form, 'stage-')) {
      const plain = value.normalize('NFKC').trim()
      if (plain !== '') given.set(stage, [...new Set([...(given.get(stage) ?? []), plain])])
    }
    return { kind: 'procedure' as const, stages: Object.fromEntries(given) }
  },
  fields: ({ stages }) =>
    Object.entries(stages).flatMap(([stage, given]) =>
      given.map((value): [string, string] => [`stage-${stage}`, value]),
    ),
  grade: (item, { stages: given }) =>
    whyNot(item, given) ??
    graded(
      total(item, (rules, stage) => pointsOf(rules, stage, [...new Set(own(given, stage.id))])),
      total(item, worth),
    ),
  guessing: (item) => total(item, blindPoints) / total(item, worth),
  blind: ({ rules, stages }, random) => ({
    kind: 'procedure' as const,
    stages: Object.fromEntries(stages.map((stage) => [stage.id, blindly(rules, stage, random)])),
  }),
  keyboard: true,
  right: ({ rules, stages }) => ({
    kind: 'procedure' as const,
    stages: Object.fromEntries(
      stages.map((stage) => [stage.id, keyOf(rules, stage).slice(0, stage.ask === 'judge' ? undefined : 1)]),
    ),
  }),
  say: ({ rules, stages }, { stages: given }) =>
    stages
      .map((stage, i) => `第${i + 1}问：${sayGiven(rules, stage, own(given, stage.id) ?? []) || '没有答'}`)
      .join('；'),
  explain: ({ rules, stages }) => stages.map((stage, i) => `第${i + 1}问，${explainStage(rules, stage)}`),
})

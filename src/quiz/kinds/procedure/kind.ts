// procedure 程序: a case is walked through by the rules of its procedure. Which step comes next, how many are needed, what
// is wrong with a record: every key is computed from rules and facts, none is written by hand.
import { z } from 'astro/zod'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  Part,
  PartId,
  seen,
  stale,
  Text,
  textOf,
  type Arrange,
} from '#quiz/kinds/kind.ts'
import {
  factsOf,
  faultsOf,
  holds,
  leastFor,
  mayFollow,
  Procedure,
  sayNeed,
  stepAfter,
} from '#quiz/kinds/procedure/rules.ts'

const Facts = z.record(z.string(), z.union([z.number(), z.boolean()]))
const common = { id: PartId, /** What is told of the case. */ text: Text }

const Stage = z.discriminatedUnion('ask', [
  /** Which step comes now? */
  z.strictObject({ ...common, ask: z.literal('next'), after: PartId }),
  /** How many are needed at least? */
  z.strictObject({ ...common, ask: z.literal('least'), step: PartId, need: PartId, facts: Facts }),
  /** What is wrong with this record? `after` is what was done before; null before the first step. */
  z.strictObject({
    ...common,
    ask: z.literal('judge'),
    step: PartId,
    after: PartId.nullable().optional(),
    facts: Facts,
  }),
])
type Stage = z.infer<typeof Stage>
type Walk = { rules: Procedure; stages: readonly Stage[] }

/** What is ticked where nothing is wrong. */
const nothingWrong = 'none'
const nothingWrongText = '没有问题，可以往下办'

const stepOf = (rules: Procedure, id: string) => rules.steps.find((step) => step.id === id)
const needOf = (rules: Procedure, step: string, id: string) =>
  stepOf(rules, step)?.needs.find((need) => need.id === id)

/** What a stage lacks to have a key, in Chinese; null if it has one. */
function faultIn(rules: Procedure, stage: Stage): string | null {
  if (stage.ask === 'next')
    return stepAfter(rules, stage.after) ? null : `${stage.id}：after 要写程序里的一步，而且不是最后一步`
  const step = stepOf(rules, stage.step)
  if (!step) return `${stage.id}：程序里没有 ${stage.step} 这一步`
  if (stage.ask === 'least') {
    const need = needOf(rules, stage.step, stage.need)
    const least = need && leastFor(need, stage.facts)
    return Number.isFinite(least) ? null : `${stage.id}：need 要写这一步里问得出人数的要求，facts 要给出总数`
  }
  const missing = step.needs.flatMap(factsOf).filter((name) => !(name in stage.facts))
  if (missing.length > 0) return `${stage.id}：facts 里缺 ${missing.join('、')}`
  const after = stage.after
  return after == null || stepOf(rules, after) ? null : `${stage.id}：程序里没有 ${after} 这一步`
}

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

/** The right answer to a stage: ids of steps or faults, or a number. */
function keyOf(rules: Procedure, stage: Stage): string[] {
  if (stage.ask === 'next') {
    return rules.steps.filter(({ id }) => mayFollow(rules, id, stage.after)).map(({ id }) => id)
  }
  if (stage.ask === 'least') {
    const need = needOf(rules, stage.step, stage.need)
    return [String(need && leastFor(need, stage.facts))]
  }
  const faults = faultsOf(rules, stage.step, stage.after, stage.facts)
  return faults.length > 0 ? faults : [nothingWrong]
}

/** Points that a stage is worth: one, or one for each fault. */
const worth = (rules: Procedure, stage: Stage) => (stage.ask === 'judge' ? keyOf(rules, stage).length : 1)

function pointsOf(rules: Procedure, stage: Stage, given: readonly string[]): number {
  const key = keyOf(rules, stage)
  if (stage.ask !== 'judge') return key.includes(given[0] ?? '') ? 1 : 0
  const right = given.filter((id) => key.includes(id)).length
  return Math.max(0, right - (given.length - right))
}

const faultParts = ({ faults }: Procedure): Part[] =>
  Object.entries(faults).map(([id, text]) => ({ id, text }))
const stepParts = ({ steps }: Procedure): Part[] => steps.map(({ id, name }) => ({ id, text: name }))

/** Mean points of somebody who answers a stage blindly: any step, any set of ticks, no number. */
function blindPoints(rules: Procedure, stage: Stage): number {
  if (stage.ask === 'least') return 0
  if (stage.ask === 'next') return keyOf(rules, stage).length / rules.steps.length
  const all = [...Object.keys(rules.faults), nothingWrong]
  const ways = 2 ** all.length - 1
  let sum = 0
  for (let way = 1; way <= ways; way++) {
    sum += pointsOf(
      rules,
      stage,
      all.filter((_, bit) => way & (1 << bit)),
    )
  }
  return sum / ways
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
  const facts =
    stage.ask === 'next'
      ? []
      : Object.entries(stage.facts).map(([name, value]) => sayFact(rules, name, value))
  if (ask === 'next') return { id, ask, text, facts, options: arrange(stepParts(rules), []), unit: '' }
  if (stage.ask === 'least') {
    const need = needOf(rules, stage.step, stage.need)
    const counted = need && 'count' in need ? need.count : need?.fact
    return { id, ask, text, facts, options: [], unit: rules.facts[counted ?? '']?.unit ?? '' }
  }
  const options = [...arrange(faultParts(rules), []), { id: nothingWrong, text: nothingWrongText }]
  return { id, ask, text, facts, options, unit: '' }
}

function sayFact(rules: Procedure, name: string, value: number | boolean): [string, string] {
  const { label, unit = '' } = rules.facts[name] ?? { label: name }
  return [label, typeof value === 'boolean' ? (value ? '是' : '否') : `${value}${unit}`]
}

/** A given answer to a stage in words. */
function sayGiven({ rules }: Walk, stage: Stage, given: readonly string[]): string {
  if (stage.ask === 'least') return given[0] ?? ''
  const parts =
    stage.ask === 'next' ? stepParts(rules) : [...faultParts(rules), { id: nothingWrong, text: '没有问题' }]
  return given.map((id) => textOf(parts, id)).join('、')
}

function explainStage(walk: Walk, stage: Stage): string {
  const { rules } = walk
  const right = sayGiven(walk, stage, keyOf(rules, stage))
  if (stage.ask === 'next') return `“${stepOf(rules, stage.after)?.name}”以后是“${right}”。`
  if (stage.ask === 'least') {
    const need = needOf(rules, stage.step, stage.need)
    return need ? `${sayNeed(need, stage.facts, rules.facts)}。` : ''
  }
  const broken = (stepOf(rules, stage.step)?.needs ?? []).filter((need) => !holds(need, stage.facts))
  const reasons = broken.map((need) => sayNeed(need, stage.facts, rules.facts))
  return [`${stepOf(rules, stage.step)?.name}：${right}`, ...reasons].join('。') + '。'
}

export const procedure = defineKind({
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
  parseAnswer(form) {
    const given = new Map<string, string[]>()
    for (const [stage, value] of fieldsAfter(form, 'stage-'))
      given.set(stage, [...new Set([...(given.get(stage) ?? []), value.normalize('NFKC').trim()])])
    return { kind: 'procedure' as const, stages: Object.fromEntries(given) }
  },
  grade({ rules, stages }, { stages: given }) {
    const missing = stages.findIndex(({ id }) => (given[id] ?? []).every((value) => value === ''))
    if (missing >= 0) return incomplete(`第${missing + 1}问还没有答，请答完再交`)
    for (const [index, stage] of stages.entries()) {
      const own = given[stage.id] ?? []
      if (stage.ask === 'least' && !/^\d{1,6}$/.test(own[0] ?? ''))
        return incomplete(`第${index + 1}问请只写数字，例如 28`)
      if (stage.ask === 'judge' && own.length > 1 && own.includes(nothingWrong))
        return incomplete(`第${index + 1}问选了“没有问题”，又选了问题，请改一改`)
      const ids =
        stage.ask === 'next' ? rules.steps.map(({ id }) => id) : [...Object.keys(rules.faults), nothingWrong]
      if (stage.ask !== 'least' && !own.every((id) => ids.includes(id))) return stale
    }
    const earned = stages.reduce((sum, stage) => sum + pointsOf(rules, stage, given[stage.id] ?? []), 0)
    return graded(
      earned,
      stages.reduce((sum, stage) => sum + worth(rules, stage), 0),
    )
  },
  guessing: ({ rules, stages }) =>
    stages.reduce((sum, stage) => sum + blindPoints(rules, stage), 0) /
    stages.reduce((sum, stage) => sum + worth(rules, stage), 0),
  right: ({ rules, stages }) => ({
    kind: 'procedure' as const,
    stages: Object.fromEntries(
      stages.map((stage) => [
        stage.id,
        stage.ask === 'next' ? keyOf(rules, stage).slice(0, 1) : keyOf(rules, stage),
      ]),
    ),
  }),
  say: (item, { stages: given }) =>
    item.stages.map((stage, i) => `第${i + 1}问：${sayGiven(item, stage, given[stage.id] ?? [])}`).join('；'),
  explain: (item) => item.stages.map((stage, i) => `第${i + 1}问：${explainStage(item, stage)}`),
})

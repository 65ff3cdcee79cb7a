// One question of a walk through a case: its key, computed from the rules and the facts, and what is said of it.
import { z } from 'astro/zod'
import { own, PartId, Text, type Part } from '#quiz/kinds/kind.ts'
import {
  factsOf,
  faultsOf,
  holds,
  leastFor,
  mayFollow,
  sayNeed,
  skippedFault,
  type Need,
  type Procedure,
} from '#quiz/kinds/procedure/rules.ts'

const Facts = z.record(z.string(), z.union([z.number().nonnegative(), z.boolean()]))
const everyStage = {
  id: PartId,
  /** What is told of the case, and the question. */
  text: Text,
}

export const Stage = z.discriminatedUnion('ask', [
  /** Which step comes now? */
  z.strictObject({ ...everyStage, ask: z.literal('next'), after: PartId }),
  /** How many are needed at least? */
  z.strictObject({ ...everyStage, ask: z.literal('least'), step: PartId, need: PartId, facts: Facts }),
  /** What is wrong with this record? `after` is the step done before it, as the text tells; null before the first. */
  z.strictObject({
    ...everyStage,
    ask: z.literal('judge'),
    step: PartId,
    after: PartId.nullable().optional(),
    facts: Facts,
  }),
])
export type Stage = z.infer<typeof Stage>

/** What is ticked where nothing is wrong; no fault has this name. */
export const nothingWrong: Part = { id: 'none', text: '没有问题，可以往下办' }

const stepOf = ({ steps }: Procedure, id: string) => steps.find((step) => step.id === id)
const nameOf = (rules: Procedure, id: string) => stepOf(rules, id)?.name ?? id

/** The need that a stage asks for. */
export const needOf = (rules: Procedure, stage: { step: string; need: string }): Need | undefined =>
  stepOf(rules, stage.step)?.needs.find(({ id }) => id === stage.need)

const followers = (rules: Procedure, after: string) =>
  rules.steps.filter(({ id }) => mayFollow(rules, id, after)).map(({ id }) => id)

/** What a stage lacks to have a key, in Chinese; null if it has one. */
export function faultIn(rules: Procedure, stage: Stage): string | null {
  const after = ('after' in stage && stage.after) || null
  if (after !== null && !stepOf(rules, after)) return `${stage.id}：程序里没有 ${after} 这一步`
  if (stage.ask === 'next')
    return followers(rules, stage.after).length > 0 ? null : `${stage.id}：${stage.after} 以后没有别的步骤`
  const step = stepOf(rules, stage.step)
  if (!step) return `${stage.id}：程序里没有 ${stage.step} 这一步`
  const odd = Object.entries(stage.facts).find(([name, value]) => !fits(rules, name, value))
  if (odd) return `${stage.id}：facts 里的 ${odd[0]} 不在程序的 facts 里，或者该写数字的没有写数字`
  return stage.ask === 'least' ? whyNoNumber(rules, stage) : whyNoVerdict(step.needs, stage)
}

/** Numbers have a unit, yes and no have none. */
function fits({ facts }: Procedure, name: string, value: number | boolean): boolean {
  const label = own(facts, name)
  return label !== undefined && (label.unit !== undefined) === (typeof value === 'number')
}

function whyNoNumber(rules: Procedure, stage: Extract<Stage, { ask: 'least' }>): string | null {
  const need = needOf(rules, stage)
  const of = need && 'of' in need ? own(stage.facts, need.of) : 1
  const least = need && of !== undefined ? leastFor(need, stage.facts) : null
  if (least !== null && Number.isInteger(of) && Number.isInteger(least) && least >= 1) return null
  return `${stage.id}：need 要写这一步里问得出人数或天数的要求，facts 要给出总数，写整数`
}

function whyNoVerdict(needs: readonly Need[], { id, facts }: Extract<Stage, { ask: 'judge' }>) {
  const missing = needs.flatMap(factsOf).filter((name) => own(facts, name) === undefined)
  return missing.length > 0 ? `${id}：facts 里缺 ${[...new Set(missing)].join('、')}` : null
}

/** What is right: steps of which one is chosen, faults that are all ticked, or one number. Never empty. */
export function keyOf(rules: Procedure, stage: Stage): string[] {
  if (stage.ask === 'next') return followers(rules, stage.after)
  if (stage.ask === 'least') {
    const need = needOf(rules, stage)
    return need ? [String(leastFor(need, stage.facts))] : []
  }
  const faults = faultsOf(rules, stage.step, stage.after, stage.facts)
  return faults.length > 0 ? faults : [nothingWrong.id]
}

export const stepParts = ({ steps }: Procedure): Part[] => steps.map(({ id, name }) => ({ id, text: name }))

export const faultParts = ({ faults }: Procedure): Part[] =>
  Object.entries(faults).map(([id, text]) => ({ id, text }))

/** Everything that can be chosen or ticked; nothing where a number is asked for. */
export function partsOf(rules: Procedure, { ask }: Stage): Part[] {
  if (ask === 'least') return []
  return ask === 'next' ? stepParts(rules) : [...faultParts(rules), nothingWrong]
}

/** Facts with their labels, as the page shows them. */
export function sayFacts({ facts: labels }: Procedure, stage: Stage): [string, string][] {
  if (stage.ask === 'next') return []
  return Object.entries(stage.facts).map(([name, value]) => {
    const { label, unit = '' } = own(labels, name) ?? { label: name }
    return [label, typeof value === 'boolean' ? (value ? '是' : '否') : `${value}${unit}`]
  })
}

/** What a number counts. */
export function unitOf(rules: Procedure, stage: Stage): string {
  const need = stage.ask === 'least' ? needOf(rules, stage) : undefined
  const counted = need && ('count' in need ? need.count : need.fact)
  return (counted && own(rules.facts, counted)?.unit) ?? ''
}

/** Why the key of a stage is what it is. */
export function explainStage(rules: Procedure, stage: Stage): string {
  if (stage.ask === 'next') {
    const names = followers(rules, stage.after).map((id) => `“${nameOf(rules, id)}”`)
    return `“${nameOf(rules, stage.after)}”以后是${names.join('或')}。`
  }
  if (stage.ask === 'least') {
    const need = needOf(rules, stage)
    return need ? `${sayNeed(need, stage.facts, rules.facts)}。` : ''
  }
  const key = keyOf(rules, stage)
  const broken = (stepOf(rules, stage.step)?.needs ?? []).filter((need) => !holds(need, stage.facts))
  const reasons = [
    ...(key.includes(skippedFault) ? [sayOrder(rules, stage)] : []),
    ...broken.map((need) => sayNeed(need, stage.facts, rules.facts)),
  ]
  const faults = key.map((id) => own(rules.faults, id) ?? nothingWrong.text).join('、')
  return [`${nameOf(rules, stage.step)}：${faults}`, ...reasons].join('。') + '。'
}

/** Which step should have been done before. */
function sayOrder(rules: Procedure, { step, after }: Extract<Stage, { ask: 'judge' }>): string {
  const before = rules.steps.filter(({ id }) => mayFollow(rules, step, id)).map(({ name }) => `“${name}”`)
  const done = after ? `前面办的是“${nameOf(rules, after)}”` : '前面什么也没有办'
  return before.length > 0 ? `它的前一步应当是${before.join('或')}，${done}` : `它应当是第一步，${done}`
}

// The rules of a procedure (content/procedures/): which step follows which, and what must hold for a step to stand.
// Data, never code: a law that changes is another file.
import { z } from 'astro/zod'
import { own, PartId, Text } from '#quiz/kinds/kind.ts'

const share = z.tuple([z.int().positive(), z.int().positive()])
const Fault = PartId
const FactName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,23}$/, '事实的名字写小写字母开头的英文，例如 noticeDays')

const common = {
  id: PartId,
  /** The fault that it is when it does not hold. */
  fault: Fault,
}

/** What must hold of the facts of a step. */
export const Need = z.union([
  /** So many of so many, at least. */
  z.strictObject({ ...common, count: FactName, of: FactName, atLeast: share }),
  /** So many of so many, and more than that share. */
  z.strictObject({ ...common, count: FactName, of: FactName, moreThan: share }),
  /** A number, at least. */
  z.strictObject({ ...common, fact: FactName, least: z.number().nonnegative() }),
  /** A number, at most. */
  z.strictObject({ ...common, fact: FactName, most: z.number().nonnegative() }),
  /** A yes. */
  z.strictObject({ ...common, fact: FactName }),
])
export type Need = z.infer<typeof Need>

const Step = z.strictObject({
  id: PartId,
  name: z.string().min(1).max(30),
  /** Besides the step before it, these may come before. */
  mayFollow: z.array(PartId).default([]),
  needs: z.array(Need).max(8).default([]),
})
export type Step = z.infer<typeof Step>

/** What can be recorded of a step: a number with its unit, or, without unit, yes or no. */
const FactLabel = z.strictObject({ label: z.string().min(1).max(40), unit: z.string().max(6).optional() })

/** The fault that an order is wrong: every procedure has it. */
export const skippedFault = 'skipped'

/** The rules of one procedure, in one version. */
export const Procedure = z
  .strictObject({
    id: PartId,
    title: z.string().min(1).max(40),
    /** Which text of the law or rule, e.g. 2018年文本. */
    version: z.string().min(1).max(40),
    /** What to know about it; shown beside the question. */
    note: z.string().max(300).default(''),
    source: Text,
    /** Every fault that can be found, in words. */
    faults: z.record(Fault, z.string().min(1).max(40)),
    facts: z.record(FactName, FactLabel),
    /** In order. */
    steps: z.array(Step).min(3).max(10),
  })
  .refine(({ faults }) => skippedFault in faults, { path: ['faults'], error: 'faults 里要有 skipped' })
  .refine(({ faults }) => !('none' in faults), {
    path: ['faults'],
    error: 'faults 里不能有 none，它是“没有问题”',
  })
  .refine(({ faults }) => Object.keys(faults).length <= 15, { path: ['faults'], error: 'faults 最多写15种' })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, {
    path: ['steps'],
    error: '有两步用了同一个编号',
  })
  .refine(
    ({ steps, faults }) =>
      steps.every(({ needs }) => needs.every(({ fault }) => Object.hasOwn(faults, fault))),
    {
      path: ['steps'],
      error: 'needs 里的 fault 要写 faults 里的编号',
    },
  )
  .refine(
    ({ steps, facts }) =>
      steps.every(({ needs }) =>
        needs.every((need) => factsOf(need).every((name) => Object.hasOwn(facts, name))),
      ),
    {
      path: ['steps'],
      error: 'needs 里用到的事实要写在 facts 里',
    },
  )
  .refine(
    ({ steps }) =>
      steps.every(({ mayFollow }) => mayFollow.every((id) => steps.some((step) => step.id === id))),
    {
      path: ['steps'],
      error: 'mayFollow 要写 steps 里的编号',
    },
  )
export type Procedure = z.infer<typeof Procedure>

/** What is known of a step. */
export type Facts = Readonly<Record<string, number | boolean>>

/** The facts that a need looks at. */
export function factsOf(need: Need): string[] {
  return 'count' in need ? [need.count, need.of] : [need.fact]
}

/** True if the facts fulfil a need; exact in whole numbers, 2/3 of 42 is 28. */
export function holds(need: Need, facts: Facts): boolean {
  if ('count' in need) {
    const [count, of] = [Number(facts[need.count]), Number(facts[need.of])]
    const [part, whole] = 'atLeast' in need ? need.atLeast : need.moreThan
    return 'atLeast' in need ? count * whole >= of * part : count * whole > of * part
  }
  if ('least' in need) return Number(facts[need.fact]) >= need.least
  if ('most' in need) return Number(facts[need.fact]) <= need.most
  return facts[need.fact] === true
}

/** The least number with which a need holds; null for needs that ask for no number. */
export function leastFor(need: Need, facts: Facts): number | null {
  if ('least' in need) return need.least
  if (!('count' in need)) return null
  const of = Number(facts[need.of])
  const [part, whole] = 'atLeast' in need ? need.atLeast : need.moreThan
  return 'atLeast' in need ? Math.ceil((of * part) / whole) : Math.floor((of * part) / whole) + 1
}

/** True if `step` may come directly after `after`; the first step comes after nothing. */
export function mayFollow({ steps }: Procedure, step: string, after: string | null): boolean {
  const at = steps.findIndex(({ id }) => id === step)
  if (at < 0) return false
  const before = steps[at - 1]?.id ?? null
  return before === after || (after !== null && (steps[at]?.mayFollow.includes(after) ?? false))
}

/** Ids of the faults in a step as it was done, each once, in the order of the procedure's list. */
export function faultsOf(
  procedure: Procedure,
  step: string,
  after: string | null | undefined,
  facts: Facts,
): string[] {
  const needs = procedure.steps.find(({ id }) => id === step)?.needs ?? []
  const broken = new Set(needs.filter((need) => !holds(need, facts)).map(({ fault }) => fault))
  if (after !== undefined && !mayFollow(procedure, step, after)) broken.add(skippedFault)
  return Object.keys(procedure.faults).filter((fault) => broken.has(fault))
}

/** A need in words with the numbers of these facts: 应到人数42人，实到人数要达到应到人数的三分之二，至少28人. */
export function sayNeed(need: Need, facts: Facts, labels: Procedure['facts']): string {
  const label = (name: string) => own(labels, name)?.label ?? name
  const amount = (name: string, value = own(facts, name)) =>
    `${String(value)}${own(labels, name)?.unit ?? ''}`
  const recorded = (name: string) => (own(facts, name) === undefined ? '' : `，记录上是${amount(name)}`)
  if ('count' in need) {
    const [least, of] = [leastFor(need, facts), Number(own(facts, need.of))]
    // Of all it is the number itself; of a sum of money there is no least whole number.
    const atLeast =
      least === null || least === of || !Number.isInteger(of) ? '' : `，至少${amount(need.count, least)}`
    const aim = `${label(need.count)}要${sayShare(need, label(need.of))}${atLeast}`
    return `${label(need.of)}${amount(need.of)}，${aim}${recorded(need.count)}`
  }
  if ('least' in need) return `${label(need.fact)}至少${amount(need.fact, need.least)}${recorded(need.fact)}`
  if ('most' in need) return `${label(need.fact)}最多${amount(need.fact, need.most)}${recorded(need.fact)}`
  return `要做到：${label(need.fact)}`
}

const digits = '零一二三四五六七八九十'

/** 达到应到人数的三分之二, 超过应到人数的半数, 达到应到人数. */
function sayShare(need: Extract<Need, { count: string }>, whole: string): string {
  const verb = 'atLeast' in need ? '达到' : '超过'
  const [part, of] = 'atLeast' in need ? need.atLeast : need.moreThan
  if (part === of) return `${verb}${whole}`
  if (part * 2 === of) return `${verb}${whole}的半数`
  return `${verb}${whole}的${digits[of] ?? of}分之${digits[part] ?? part}`
}

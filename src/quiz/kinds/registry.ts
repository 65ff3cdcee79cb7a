// Every kind of question, one line each. To add a kind: its folder, and a line here.
import type { z } from 'astro/zod'
import type { Random } from '#quiz/chance.ts'
import { fillIn } from '#quiz/kinds/fill-in/kind.ts'
import {
  stale,
  type Arrange,
  type Grade,
  type Incomplete,
  type Option,
  type Printed,
} from '#quiz/kinds/kind.ts'
import { match } from '#quiz/kinds/match/kind.ts'
import { multiple } from '#quiz/kinds/multiple/kind.ts'
import { order } from '#quiz/kinds/order/kind.ts'
import { procedure } from '#quiz/kinds/procedure/kind.ts'
import { scenario } from '#quiz/kinds/scenario/kind.ts'
import { shortAnswer } from '#quiz/kinds/short-answer/kind.ts'
import { single } from '#quiz/kinds/single/kind.ts'
import { trueFalse } from '#quiz/kinds/true-false/kind.ts'

export const kinds = {
  single,
  multiple,
  'true-false': trueFalse,
  order,
  match,
  'fill-in': fillIn,
  scenario,
  procedure,
  'short-answer': shortAnswer,
}

/** The name of a kind, as an item's `kind` field has it. */
export type KindName = keyof typeof kinds

/** The stored item, the public question and the answer of kind K; of any kind when K is not given. */
export type ItemOf<K extends KindName = KindName> = z.infer<(typeof kinds)[K]['item']>
export type QuestionOf<K extends KindName = KindName> = z.infer<(typeof kinds)[K]['question']>
export type AnswerOf<K extends KindName = KindName> = z.infer<(typeof kinds)[K]['answer']>

/** What a kind's Question.svelte is given. */
export interface Asked<K extends KindName> {
  question: QuestionOf<K>
  /** Stands before the names of its form fields where several questions share a form. */
  prefix?: string | undefined
  /** Form fields of an answer sent without script, to be shown again; given once, at the start. */
  sent?: Record<string, string[]> | undefined
  /** Ids of the options just found right, to be marked; empty again once the answer changes. */
  right: string[]
  /** To be called when the answer changes by something else than an input of the form. */
  changed: () => void
}

/** The rules of each kind, typed so that a rule chosen by a kind takes that kind's item and answer. */
type Rules = {
  [K in KindName]: {
    name: string
    asks: string
    publicHalf(item: ItemOf<K>, arrange: Arrange): QuestionOf<K>
    printed(question: QuestionOf<K>): Printed[]
    parseAnswer(form: FormData): AnswerOf<K> | Incomplete
    fields(answer: AnswerOf<K>): [name: string, value: string][]
    grade(item: ItemOf<K>, answer: AnswerOf<K>): Grade
    guessing(item: ItemOf<K>): number
    blind(item: ItemOf<K>, random: Random): AnswerOf<K>
    right(item: ItemOf<K>): AnswerOf<K>
    say(item: ItemOf<K>, answer: AnswerOf<K>): string
    options?(item: ItemOf<K>): Option[]
    several?: true
    keyboard?: true
    explain?(item: ItemOf<K>, answer: AnswerOf<K>): string[]
  }
}

/** The rules of one kind. */
export function rulesOf<K extends KindName>(kind: K): Rules[K] {
  const rules: Rules = kinds
  return rules[kind]
}

/** What there is to choose in an item, and what of it is right; null for a kind without a plain list of it. */
export function optionsOf<K extends KindName>(item: ItemOf<K> & { kind: K }): Option[] | null {
  return rulesOf(item.kind).options?.(item) ?? null
}

/**
 * The answer that a posted form holds; the names of its fields are each kind's own. Fields that cannot have come from
 * the present page make it incomplete, in Chinese.
 */
export function answerFromForm(kind: KindName, form: FormData): AnswerOf | Incomplete {
  const sent = rulesOf(kind).parseAnswer(form)
  if ('type' in sent) return sent
  const checked = kinds[kind].answer.safeParse(sent)
  return checked.success ? checked.data : stale
}

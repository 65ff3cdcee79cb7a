// What one kind of question must bring, and the pieces that every kind shares. A kind is a folder beside this file with
// its rules (kind.ts) and what is seen of it (Question.svelte); one line in registry.ts enters it.
import { z } from 'astro/zod'
import type { Random } from '#quiz/chance.ts'

/** A step, an option, one side of a pair: short lower-case id, unique within its list. */
export const PartId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,23}$/, '编号用小写字母、数字和连字符，不超过24个字符，例如 a 或 l1')

/** A text that a person reads; blanks at both ends do not count. */
export const Text = z.string().trim().min(1, '这里不能空着').max(600, '太长，请控制在600字以内')

/** One thing that can be chosen, placed or matched. */
export const Part = z.strictObject({
  /** Names the part in answers and in the key. */
  id: PartId,
  /** What the learner reads. */
  text: Text,
})
export type Part = z.infer<typeof Part>

/** What one chooses among, and whether it is right to choose it. */
export type Option = Part & { right: boolean }

/** A list of parts in which neither an id nor a text comes twice. */
export const parts = (least: number, most = 8) =>
  z
    .array(Part)
    .min(least, `至少写${least}项`)
    .max(most, `最多写${most}项`)
    .refine((list) => new Set(list.map((part) => part.id)).size === list.length, '有两项用了同一个编号')
    .refine((list) => new Set(list.map((part) => part.text)).size === list.length, '有两项文字相同')

/** Fields that every stored item has. */
export const everyItem = {
  /** Permanent id; results of years point to it. */
  id: z
    .string()
    .regex(/^itm-[a-z0-9][a-z0-9-]{0,60}$/, '题号写成 itm- 加小写字母、数字和连字符，例如 itm-jiafeng-1'),
  /** Grows by one when the wording or the key changes; frozen into every answer. */
  revision: z.int().min(1, 'revision 从 1 开始'),
  /** The indicator of the capability model that an answer is evidence for. */
  indicator: z
    .string()
    .regex(/^[a-z][a-z-]*$/, 'indicator 写能力模型里的指标编号，例如 conflict-of-interest'),
  /** The author's label; stands in for the item's parameters until it is calibrated. */
  difficulty: z.enum(['easy', 'medium', 'hard'], 'difficulty 写 easy、medium 或 hard'),
  /** The library document with the passage: a lesson, story, case or list. Missing beside a lesson, whose own it is. */
  source: z
    .string()
    .regex(/^[a-z]{3}-[a-z0-9-]{1,60}$/, 'source 写资料的代号，例如 lsn-siyi')
    .optional(),
  /** The sentence of the lesson that justifies the key, verbatim. */
  passage: Text,
  /** The question as it is asked. */
  stem: Text,
  /** Why the key is right; shown with the result, never before. */
  rationale: Text,
}

/** Fields that every public question has. */
export const everyQuestion = {
  /** The item's id. */
  id: z.string(),
  /** The item's revision. */
  revision: z.number(),
  /** The question as it is asked. */
  stem: z.string(),
}

/** The part of any item that a browser may see. */
export const seen = (item: { id: string; revision: number; stem: string }) => ({
  id: item.id,
  revision: item.revision,
  stem: item.stem,
})

/** Cannot be graded yet; `missing` says to the learner, in Chinese, what to do first. */
export interface Incomplete {
  type: 'incomplete'
  missing: string
}

/** Whole points: 0 ≤ earned ≤ possible, possible ≥ 1. */
export interface Graded {
  type: 'graded'
  earned: number
  possible: number
}

/** Only people can grade it; see assessment/grading/. */
export interface Waiting {
  type: 'waiting'
  possible: number
}

export type Grade = Incomplete | Graded | Waiting

export const incomplete = (missing: string): Incomplete => ({ type: 'incomplete', missing })

export const graded = (earned: number, possible: number): Graded => ({ type: 'graded', earned, possible })

/** The page is older than the question: the answer names something that is no longer there. */
export const stale = incomplete('这道题刚刚修改过，请刷新页面再答')

/** Puts parts into the order in which they are shown, which is never `key`; without a key any order will do. */
export type Arrange = <T extends { id: string }>(list: readonly T[], key?: readonly string[]) => T[]

/** The texts of one form field, in order; files do not count. */
export const texts = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string')

/** The form fields that begin with `prefix`, as pairs of the rest of the name and the value; empty values left out. */
export const fieldsAfter = (form: FormData, prefix: string): [string, string][] =>
  [...form].flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' && value !== ''
      ? [[name.slice(prefix.length), value] satisfies [string, string]]
      : [],
  )

/** A piece of a question as a sheet of paper shows it. */
export interface Printed {
  /** What is told or asked, besides the stem; may be empty. */
  text: string
  /** Lists to choose from, to order or to match. */
  lists: string[][]
}

/** One kind of question: its words, three shapes and its rules, all pure. */
export interface Kind<I extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodObject> {
  /** What people call it: 单选题. */
  name: string
  /** What one does with it, in a few words: 选一项. */
  asks: string
  /** The stored item, key and all. */
  item: I
  /** What a browser may see of it. */
  question: Q
  /** What a learner answers, JSON-able; stored in events for ever. */
  answer: A
  /** Copies what may be seen, field by field; never spreads the item. */
  publicHalf(item: z.infer<I>, arrange: Arrange): z.infer<Q>
  /** What a sheet of paper shows of the question below its stem. */
  printed(question: z.infer<Q>): Printed[]
  /** Reads the kind's own form fields; what is missing altogether is for `grade` to say. */
  parseAnswer(form: FormData): z.infer<A> | Incomplete
  /** The form fields that a browser would send for an answer: the way back from `parseAnswer`. */
  fields(answer: z.infer<A>): [name: string, value: string][]
  /** Points for an answer of the same kind; any answer of the right shape gets a value, never an exception. */
  grade(item: z.infer<I>, answer: z.infer<A>): Grade
  /** The share of points that `blind` earns on average, computed exactly. */
  guessing(item: z.infer<I>): number
  /** The complete answer of somebody who does not read: every one that the form allows is as likely. */
  blind(item: z.infer<I>, random: Random): z.infer<A>
  /** An answer that gets all points. */
  right(item: z.infer<I>): z.infer<A>
  /** An answer in words, by the texts that stand in the item. */
  say(item: z.infer<I>, answer: z.infer<A>): string
  /** What there is to choose, where one answers by choosing from one list; ids as the form names them. */
  options?(item: z.infer<I>): Option[]
  /** Several of them may be chosen. */
  several?: true
  /** It wants a keyboard, or more room than a screen in a hall has. */
  keyboard?: true
  /** What is said afterwards of this very answer, step by step; nothing for kinds whose rationale says it all. */
  explain?(item: z.infer<I>, answer: z.infer<A>): string[]
}

/** What stands under a key of its own; nothing for names that every object knows. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

/** The texts of parts. */
export const textsOf = (list: readonly { text: string }[]) => list.map(({ text }) => text)

/** The text of a part; an id that the list does not hold is said as it is. */
export const textOf = (list: readonly Part[], id: string) => list.find((part) => part.id === id)?.text ?? id

/** Checks that a kind's shapes and rules fit together, and keeps their exact types. */
export const defineKind = <I extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodObject>(
  kind: Kind<I, Q, A>,
) => kind

// An answer while the attempt runs: the fields of the form as they stand, so that half an answer is kept as well, and is
// shown again on another device as it was left. At handing in what can be read of it becomes an Answer.
import { z } from 'astro/zod'
import { grade } from '#quiz/grade.ts'
import type { Grade } from '#quiz/kinds/kind.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import type { SentFields as Sent } from '#assessment/attempt/shown-again.ts'
import type { Answer, Item } from '#quiz/question.ts'

/** Names and values of the form, in order; a name may come more than once. */
export const SentFields: z.ZodType<Sent> = z
  .array(z.tuple([z.string().max(100), z.string().max(4_000)]))
  .max(100)
export type SentFields = z.infer<typeof SentFields>

export const Draft = z.strictObject({
  fields: SentFields,
  /** To be looked at once more. */
  marked: z.boolean(),
  /** The page that sent it and how often it had sent before: of one page the last word stands, whatever the line does. */
  page: z.string().max(40),
  seq: z.int().nonnegative(),
})
export type Draft = z.infer<typeof Draft>

/** `partial`: something is there, and `missing` says in Chinese what is not. */
export type Standing = { state: 'none' | 'partial' | 'answered'; missing: string }

/** What can be read of a draft. */
export type Reading = Standing & { answer: Answer | null; grade: Grade | null }

const none: Reading = { state: 'none', missing: '', answer: null, grade: null }

/** The draft in a column; null if there is none, or an answer that was handed in already. */
export function draftIn(column: unknown): Draft | null {
  return Draft.safeParse(column).data ?? null
}

/** Reads what was filled in for an item. Never throws, whatever the fields are. */
export function readDraft(item: Item, draft: Pick<Draft, 'fields'> | null): Reading {
  const filled = (draft?.fields ?? []).filter(([, value]) => value.trim() !== '')
  if (filled.length === 0) return none
  const form = new FormData()
  for (const [name, value] of filled) form.append(name, value)
  const answer = answerFromForm(item.kind, form)
  if ('type' in answer) return { ...none, state: 'partial', missing: answer.missing }
  const graded = grade(item, answer)
  return graded.type === 'incomplete'
    ? { ...none, state: 'partial', missing: graded.missing }
    : { state: 'answered', missing: '', answer, grade: graded }
}

/**
 * True if what arrives stands in place of what is there: of one page the later word, of two devices the answer that was
 * given later.
 */
export function replaces(
  coming: { draft: Draft; given: string },
  there: { draft: Draft | null; given: string | null },
): boolean {
  if (there.given === null) return true
  if (there.draft?.page === coming.draft.page) return coming.draft.seq >= there.draft.seq
  return coming.given >= there.given
}

// One paper of a course's test: what is asked of one person this time, and the points for what was handed in.
import { draw } from '#course/course-test/draw.ts'
import { sentFields } from '#quiz/feedback.ts'
import { grade } from '#quiz/grade.ts'
import type { Graded } from '#quiz/kinds/kind.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { questionFor } from '#quiz/public-half.ts'
import type { Answer, Item, PublicQuestion } from '#quiz/question.ts'
import { hash } from '#quiz/shuffled.ts'

/** An item that can be asked, and the lesson that its passage is from. */
export type TestItem = { item: Item; lesson: string }

export type Paper = {
  /** Says which paper this is: another one has another mark. */
  mark: string
  /** With their keys, in the order in which they are asked. Never for a page. */
  items: Item[]
  /** What the page shows of them. */
  questions: PublicQuestion[]
}

/** Whose paper it is, and what was asked before. */
export type PaperFor = {
  person: string
  /** Revision of the course. */
  revision: string
  /** How many items are drawn. */
  count: number
  /** All earlier tries, taken back or not. */
  tries: readonly { items: readonly string[] }[]
}

/** The paper for one sitting; made anew each time, and always the same. */
export function makePaper(bank: readonly TestItem[], { person, revision, count, tries }: PaperFor): Paper {
  const seed = `${person}/${revision}/${tries.length}`
  const drawable = bank.map(({ item, lesson }) => ({ id: item.id, lesson }))
  const seen = new Set(tries.flatMap(({ items }) => items))
  const byId = new Map(bank.map(({ item }) => [item.id, item]))
  const items = draw(drawable, count, seen, seed).flatMap((id) => byId.get(id) ?? [])
  const asked = items.map(({ id, revision: of }) => `${id}@${of}`).join()
  const mark = `${tries.length}.${hash(`${seed} ${asked}`).toString(36)}`
  return { mark, items, questions: items.map((item) => questionFor(item, seed)) }
}

/** How many tries there were when a paper with this mark was made. */
export const triesBefore = (mark: string): number => Number.parseInt(mark, 10)

/** Stands before the names of an item's form fields. */
export const prefixOf = (item: string) => `${item}.`

/** The fields of one item, under the names that its kind gives them. */
function formOf(form: FormData, item: string): FormData {
  const own = new FormData()
  for (const [name, value] of form)
    if (name.startsWith(prefixOf(item))) own.append(name.slice(prefixOf(item).length), value)
  return own
}

/** What was sent for an item, to be shown again. */
export const sentFor = (form: FormData, item: string) => sentFields(formOf(form, item))

/** An item that has no answer yet: its number on the paper, from 1, and what to do. */
export type Blank = { item: string; number: number; missing: string }
/** An answer with its points. */
export type Answered = { item: Item; answer: Answer } & Pick<Graded, 'earned' | 'possible'>

/** Grades what was handed in, or names what is missing. */
export function gradePaper(
  items: readonly Item[],
  form: FormData,
): { type: 'incomplete'; blanks: Blank[] } | { type: 'graded'; answers: Answered[] } {
  const blanks: Blank[] = []
  const answers: Answered[] = []
  for (const [index, item] of items.entries()) {
    const answer = answerFromForm(item.kind, formOf(form, item.id))
    const graded = 'type' in answer ? answer : grade(item, answer)
    if (graded.type === 'incomplete')
      blanks.push({ item: item.id, number: index + 1, missing: graded.missing })
    else if (graded.type === 'graded' && !('type' in answer))
      answers.push({ item, answer, earned: graded.earned, possible: graded.possible })
  }
  return blanks.length > 0 ? { type: 'incomplete', blanks } : { type: 'graded', answers }
}

/** One point an item, whatever its kind; partly right answers in proportion. Rounded to thousandths. */
export function pointsOf(answers: readonly Pick<Answered, 'earned' | 'possible'>[]): number {
  const sum = answers.reduce((total, { earned, possible }) => total + earned / possible, 0)
  return Math.round(sum * 1000) / 1000
}

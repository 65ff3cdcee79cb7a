// A small bank with invented items, tests drawn from it, and people who take them as their pages would.
import { eq } from 'drizzle-orm'
import { beforeAll } from 'vitest'
import { v7 } from 'uuid'
import { findAttempt, itemRowsOf, type ItemRow } from '#assessment/attempt/attempt.server.ts'
import { saveAnswer, type Saved, type Sent } from '#assessment/attempt/save.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { forgetBank, itemAt } from '#assessment/bank/bank.server.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { ownerMark } from '#course/owner.server.ts'
import { read, write } from '#db/database.server.ts'
import { assessment, bankItem } from '#db/schema/assessment.ts'
import { document, item as itemTable, revision } from '#db/schema/library.ts'
import type { Session } from '#people/session.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { useModel } from '#record/capability/model.server.ts'
import { filledForm } from '../../quiz/filled-form.ts'
import { underYunnan } from '../../record/happenings.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'

const at = '2026-01-01T00:00:00.000Z'
const source = 'lsn-source'
const passage = '公示七天，有人不同意就再议。'

/** The indicators of the dimension that the adaptive tests measure. */
export const areas = ['conflict', 'powers', 'openness', 'data'] as const

type Plan = { id: string; indicator?: string; difficulty?: Item['difficulty'] }

/** A choice of four whose first option is right. */
export const single = ({ id, indicator = 'openness', difficulty = 'medium' }: Plan): Item => ({
  ...{ id, revision: 1, indicator, difficulty, source, passage, kind: 'single' },
  stem: `${id}：公示期里有人不同意，怎么办？`,
  rationale: `密解 ${id}`,
  options: ['再议', '照办', '等一等', '问一问'].map((text, i) => ({ id: 'abcd'.charAt(i), text })),
  key: 'a',
})

export const order = ({ id, indicator = 'openness', difficulty = 'medium' }: Plan): Item => ({
  ...{ id, revision: 1, indicator, difficulty, source, passage, kind: 'order' },
  stem: `${id}：先后怎么排？`,
  rationale: `密解 ${id}`,
  steps: ['审议', '提议', '商议', '决议'].map((text, i) => ({ id: 'abcd'.charAt(i), text })),
  key: ['b', 'c', 'a', 'd'],
})

export const shortAnswer = ({ id, indicator = 'openness', difficulty = 'medium' }: Plan): Item => ({
  ...{ id, revision: 1, indicator, difficulty, source, passage, kind: 'short-answer' },
  stem: `${id}：说说为什么要公示。`,
  rationale: `密解 ${id}`,
  rubric: [
    { id: 'r1', text: '密点一', points: 2 },
    { id: 'r2', text: '密点二', points: 2 },
  ],
  longest: 100,
  model: `密范 ${id}`,
})

/** Six choices for each of the four indicators: two of each difficulty. */
export const plainBank = (prefix = 'itm-'): Item[] =>
  areas.flatMap((indicator) =>
    (['easy', 'medium', 'hard'] as const).flatMap((difficulty) =>
      [1, 2].map((n) => single({ id: `${prefix}${indicator}-${difficulty}-${n}`, indicator, difficulty })),
    ),
  )

/** Puts items into the bank. */
export async function addItems(items: readonly Item[], { secure = false } = {}) {
  await write(async (tx) => {
    for (const item of items) {
      const { id, revision: number, indicator, kind, difficulty } = item
      const body = { id, revision: number, indicator, lessonId: null, hash: id, body: item, createdAt: at }
      await tx.insert(itemTable).values(body)
      await tx.insert(bankItem).values({
        ...{ id, revision: number, indicator, kind, difficulty, secure },
        ...{ status: 'active', author: '甲', checkedBy: '乙', createdAt: at },
      })
    }
  })
  forgetBank()
}

/** Retires an item, as a trainer would. */
export async function retire(id: string) {
  await write((tx) => tx.update(bankItem).set({ status: 'retired' }).where(eq(bankItem.id, id)))
  forgetBank()
}

/** A fresh database with the lesson that all passages are from, and a bank. */
export function assessmentWorld(items: readonly Item[] = plainBank()) {
  useModel(sampleModel, [])
  const place = freshDatabase()
  underYunnan()
  beforeAll(async () => {
    await write(async (tx) => {
      const files = { files: {}, meta: { title: '公示' }, tree: {} }
      const text = {
        sections: [{ id: 's1', title: '公示', text: passage }],
        minutes: 5,
        source: '',
        hash: '',
      }
      await tx.insert(document).values({
        ...{ id: source, kind: 'lesson', slug: 'courses/a/b', position: 1, publishedRevisionId: 'rev-1' },
      })
      await tx.insert(revision).values({
        ...{ id: 'rev-1', documentId: source, number: 1, edition: 1, origin: 'file', createdAt: at },
        ...{ ...files, ...text, author: '甲' },
      })
    })
    await addItems(items)
  })
  return place
}

/** A paper of one choice and one hard choice for each indicator, twenty minutes, as often as one likes. */
export const paper = {
  ...{ id: 'asm-paper', title: '公开办事', summary: '八道题。', supervised: false, minutes: 20 },
  ...{ attempts: { most: 50, waitDays: 0 }, answers: 'solutions', form: 'fixed' },
  cells: areas.flatMap((indicator) => [
    { indicator, kind: 'single', count: 1 },
    { indicator, difficulty: 'hard', count: 1 },
  ]),
}

export const adaptive = {
  ...{ id: 'asm-adaptive', title: '廉洁与数字素养', summary: '最多八道题。', supervised: false },
  ...{ attempts: { most: 50, waitDays: 0 }, minutes: null, answers: 'right-or-wrong', form: 'adaptive' },
  ...{ dimension: 'integrity', least: 3, most: 8, stopError: 0.45 },
}

/** Offers a test. */
export async function addTest(changes: object): Promise<Blueprint> {
  const body = Blueprint.parse(changes)
  const row = { id: body.id, body, hash: JSON.stringify(body), createdAt: at }
  await write((tx) =>
    tx.insert(assessment).values(row).onConflictDoUpdate({ target: assessment.id, set: { body } }),
  )
  return body
}

export const sessionOf = (person: string, unitPaths: string[] = []): Session => ({
  id: `session-${person}`,
  person: { id: person, number: person, name: '张三' },
  grants: [],
  ...{ unitPaths, secondFactor: false, noticeVersion: null },
})

/** Begins a test at home. */
export const begin = async (person: string, assessment = 'asm-paper', code?: string): Promise<string> =>
  (await startAttempt(sessionOf(person), { assessment, code })).attempt

/** The rows of an attempt, with keys and all. */
export const rowsOf = (attempt: string): Promise<ItemRow[]> => itemRowsOf(read, attempt)

export async function attemptOf(person: string, id: string) {
  const found = await findAttempt(read, person, id)
  if (!found) throw new Error(`There is no attempt ${id}.`)
  return found
}

export async function itemOf({ itemId, itemRevision }: ItemRow): Promise<Item> {
  const item = await itemAt(itemId, itemRevision)
  if (!item) throw new Error(`There is no item ${itemId}.`)
  return item
}

/** The fields of the form for an answer. */
export const fieldsOf = (answer: Answer): [string, string][] =>
  [...filledForm(answer)].flatMap(([name, value]) =>
    ['item', 'lesson', 'event'].includes(name) || typeof value !== 'string'
      ? []
      : [[name, value] satisfies [string, string]],
  )

/** A page on some device: what it sends is numbered. */
export class Device {
  readonly person: string
  readonly attempt: string
  readonly page = v7()
  seq = 0

  constructor(person: string, attempt: string) {
    this.person = person
    this.attempt = attempt
  }

  /** What the page would send of an answer. */
  sending(item: string, fields: [string, string][], more: Partial<Sent> = {}): Sent {
    const { attempt, page } = this
    const owner = ownerMark(this.person)
    return { attempt, item, fields, marked: false, ago: 0, page, seq: this.seq++, owner, ...more }
  }

  save(item: string, answer: Answer | [string, string][], more: Partial<Sent> = {}): Promise<Saved> {
    const fields = Array.isArray(answer) ? answer : fieldsOf(answer)
    return saveAnswer(this.person, this.sending(item, fields, more))
  }

  /** Answers the whole paper; `right` says which questions, from 1. */
  async answerAll(right: (position: number) => boolean = () => true) {
    for (const row of await rowsOf(this.attempt)) {
      const item = await itemOf(row)
      await this.save(row.itemId, right(row.position) ? rightAnswer(item) : wrong(item))
    }
  }
}

/** As wrong as can be, of the kinds of this world. */
export function wrong(item: Item): Answer {
  if (item.kind === 'single')
    return { kind: 'single', choice: item.options.find(({ id }) => id !== item.key)?.id ?? '' }
  if (item.kind === 'order') return { kind: 'order', order: item.key.toReversed() }
  throw new Error(`No wrong answer for ${item.kind}.`)
}

// The library as it comes with the product, in a fresh database, and people who study in it as their pages would.
import { eq } from 'drizzle-orm'
import { beforeAll } from 'vitest'
import { v7 } from 'uuid'
import { answerQuestion } from '#course/answer.server.ts'
import { askedBy, forgetAsked, type StudiedLesson } from '#course/asked.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { withdrawIn } from '#course/publish.server.ts'
import { beat, openStudy } from '#course/study.server.ts'
import { write } from '#db/database.server.ts'
import { document, revision, revisionItem } from '#db/schema/library.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import type { Session } from '#people/session.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import type { Answer, Feedback } from '#quiz/question.ts'
import { filledForm } from '../quiz/filled-form.ts'
import { readQuestion, type stoppedClock } from '../record/happenings.ts'
import { contentDir } from '../record/published-rules.ts'
import { freshDatabase } from '../support/database.ts'

/** Rules in force and lessons published, as after a start; returns where the database lies. */
export function realLibrary() {
  const place = freshDatabase()
  beforeAll(async () => {
    await useRules(readRules(contentDir), 'yunnan-2024')
    const { problems, published } = await importLibrary({ contentDir, dataDir: place.dataDir })
    if (problems.length > 0 || published.length < 6) throw new Error(JSON.stringify(problems))
    forgetAsked()
  })
  return place
}

/** Withdraws a lesson as a publisher would. */
export async function withdraw(lesson: string, reason: string | null) {
  await write((tx) => withdrawIn(tx, lesson, { at: '2026-03-10T02:00:00.000Z', reason }))
  forgetAsked()
}

/** Puts it on show again. */
export async function showAgain(lesson: string) {
  await write((tx) => withdrawIn(tx, lesson, null))
  forgetAsked()
}

/** Publishes the same text as another revision, with changes. */
export async function publishAgain(lesson: string, change: { edition?: number; minutes?: number }) {
  const { revision: before } = await askedBy(lesson)
  const id = v7()
  await write(async (tx) => {
    const [row] = await tx.select().from(revision).where(eq(revision.id, before))
    if (!row) throw new Error(`There is no revision ${before}.`)
    await tx.insert(revision).values({ ...row, id, number: row.number + 1, ...change })
    const items = await tx.select().from(revisionItem).where(eq(revisionItem.revisionId, before))
    await tx.insert(revisionItem).values(items.map((item) => ({ ...item, revisionId: id })))
    await tx.update(document).set({ publishedRevisionId: id }).where(eq(document.id, lesson))
  })
  forgetAsked()
}

export const sessionOf = (person: string): Session => ({
  id: `session-${person}`,
  person: { id: person, number: person, name: '张三' },
  grants: [],
  unitPaths: [],
  secondFactor: false,
  noticeVersion: null,
})

/** Sends an answer from the page of a lesson. */
export function send(
  person: string | null,
  lesson: string,
  item: string,
  answer: Answer,
  event = v7(),
): Promise<Feedback> {
  readQuestion()
  const form = filledForm(answer, item)
  form.set('lesson', lesson)
  form.set('event', event)
  return answerQuestion(person === null ? null : sessionOf(person), form)
}

/** A person in front of an open lesson. */
export class Page {
  seq = 0
  lesson: StudiedLesson
  readonly segment = v7()
  readonly person: string
  readonly clock: ReturnType<typeof stoppedClock>

  private constructor(person: string, lesson: StudiedLesson, clock: ReturnType<typeof stoppedClock>) {
    this.person = person
    this.lesson = lesson
    this.clock = clock
  }

  static async open(person: string, lesson: string, clock: ReturnType<typeof stoppedClock>) {
    const page = new Page(person, await askedBy(lesson), clock)
    await openStudy(person, { lesson, segment: page.segment })
    return page
  }

  /** The next beat, as the page would send it. */
  next(seconds: number, more: object = {}) {
    return { segment: this.segment, seq: (this.seq += 1), seconds, sections: this.lesson.sections, ...more }
  }

  /** Half a minute after the other until so many seconds have gone by; the last beat carries `more`. */
  async read(seconds: number, more: object = {}) {
    for (let left = seconds; left > 0; left -= 30) {
      const passed = Math.min(30, left)
      this.clock.advance(passed)
      const reply = await beat(this.person, this.next(passed, left <= 30 ? more : {}))
      if (left <= 30) return reply
    }
    throw new Error('Nothing was read.')
  }

  /** Answers the checks rightly; all of them, or those named. */
  async answer(only?: (item: string, index: number) => boolean): Promise<Feedback[]> {
    const replies: Feedback[] = []
    const items = [...(await itemsOf(this.lesson.revision)).values()].filter(
      ({ id }, i) => only?.(id, i) ?? true,
    )
    for (const item of items)
      replies.push(await send(this.person, this.lesson.id, item.id, rightAnswer(item)))
    return replies
  }
}

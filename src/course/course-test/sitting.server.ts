// What the page of a course's test shows to one person: a paper, or when the next one may be taken; and the last result.
import { now } from '#clock.server.ts'
import { testBank } from '#course/course-test/bank.server.ts'
import { nextTryOn } from '#course/course-test/next-try.ts'
import { makePaper, type Paper, type TestItem } from '#course/course-test/paper.ts'
import { showPaper } from '#course/course-test/reading-time.server.ts'
import { resultOf, type Result } from '#course/course-test/result.server.ts'
import { courseBySlug, type PublishedCourse } from '#course/library.server.ts'
import { dayOf } from '#day.ts'
import { read, type Database } from '#db/database.server.ts'
import { triesOf, type Try } from '#record/hours/tries.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

export type Sitting = {
  course: PublishedCourse
  /** How many items are asked, one point each. */
  count: number
  /** Points with which it is passed. */
  level: number
  /** 学时 that the rule in force adds for a passed test. */
  bonus: number
  /** The day from which it may be taken again; null if it may be taken today. */
  againOn: string | null
  /** What is asked; null while it may not be taken. */
  paper: Pick<Paper, 'mark' | 'questions'> | null
  /** Of the last try that stands. */
  last: Result | null
}

/** A course that offers a test, with what can be asked. */
export type Offered = { course: PublishedCourse; bank: TestItem[]; count: number }

/** The test of the course at this address; null if there is none. @throws Refusal `closed` if the course was withdrawn. */
export async function testAt(slug: string): Promise<Offered | null> {
  const course = await courseBySlug(slug)
  const bank = course ? await testBank(course) : []
  return course && bank.length > 0 ? { course, bank, count: Math.min(course.testDraw, bank.length) } : null
}

/** The tries of a person, the last that stands, and the day from which the next one is open; null for today. */
export async function triesAt(db: Database, person: string, course: string) {
  const tries = await triesOf(db, person, course)
  const last = tries.findLast((one) => !one.takenBack) ?? null
  const from = last && nextTryOn(last)
  return { tries, last, againOn: from !== null && from > dayOf(now().toISOString()) ? from : null }
}

/** The paper of a person after so many tries. */
export function paperOf({ course, bank, count }: Offered, person: string, tries: readonly Try[]): Paper {
  return makePaper(bank, { person, revision: course.revisionId, count, tries })
}

/** All that the page shows, from when on the paper can be read; null if there is no such course or it offers no test. */
export async function sittingOf(person: string, slug: string): Promise<Sitting | null> {
  const offered = await testAt(slug)
  if (!offered) return null
  const { course, bank, count } = offered
  const { tries, last, againOn } = await triesAt(read, person, course.id)
  const { mark, questions } = paperOf(offered, person, tries)
  if (againOn === null) showPaper(person, course.id, { mark }, now().getTime())
  const { testBonusHours: bonus = 0 } = (await versionsInForce()).hourRule(now().toISOString())
  return {
    ...{ course, count, level: course.testPassShare * count, bonus, againOn },
    paper: againOn === null ? { mark, questions } : null,
    last: last && (await resultOf(last, course, bank)),
  }
}

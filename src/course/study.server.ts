// Studying a lesson: open it, beat while it is read, close it; and finishing it once all that it asks for is done.
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { askedBy, type StudiedLesson } from '#course/asked.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { countedIn } from '#course/told.server.ts'
import { read } from '#db/database.server.ts'
import { progress as progressTable } from '#db/schema/record.ts'
import { isFinished, missing, sayMissing, standingAt, type Missing } from '#record/hours/progress.ts'
import { neededSeconds } from '#record/hours/rule.ts'
import { Beat } from '#record/hours/segment.ts'
import {
  beatSegment,
  closeBeyond,
  closeSegment,
  closeSilent,
  openIn,
  openSegment,
} from '#record/hours/segment.server.ts'
import { seconds, union } from '#record/hours/span.ts'
import { record } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** What the page of a lesson shows beside the text. Times in seconds. */
export type StudyState = {
  /** Mark of the person, for what waits in the browser. */
  owner: string
  segment: string | null
  seconds: number
  neededSeconds: number
  minutes: number
  sections: string[]
  passed: string[]
  completedAt: string | null
  missing: string
}

const Opening = z.strictObject({ lesson: z.string().max(80), segment: z.uuid() })
const Asking = z.strictObject({ lesson: z.string().max(80) })
const Closing = z.strictObject({ segment: z.uuid(), last: Beat.optional() })

function parse<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const parsed = shape.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue?.path
  const field = path?.join('.') || '内容'
  throw new Refusal(
    'invalid',
    `请求里的“${field}”不合要求，这一次没有记录。`,
    '请刷新页面；已经记下的学习时间不受影响。',
  )
}

/** Opens a lesson for study; the same segment id again continues it. */
export async function openStudy(
  person: string,
  body: unknown,
  device: string | null = null,
): Promise<StudyState> {
  const { lesson: id, segment } = parse(Opening, body)
  const lesson = await askedBy(id)
  await openSegment({
    id: segment,
    person,
    lesson: lesson.id,
    edition: lesson.edition,
    revision: lesson.revision,
    device,
  })
  for (const ended of await closeBeyond(person)) await settleIfPublished(person, ended.lesson)
  return { ...(await studyState(person, lesson)), segment }
}

/** How far a person is, without opening a visit. */
export async function stateOf(person: string, body: unknown): Promise<StudyState> {
  return studyState(person, await askedBy(parse(Asking, body).lesson))
}

/**
 * Takes a beat. The reply is small: counted and refused seconds of this visit, and the whole state if the beat
 * finished the lesson.
 */
export async function beat(
  person: string,
  body: unknown,
): Promise<{ seconds: number; refused: number; finished?: StudyState }> {
  const parsed = parse(Beat, body)
  const segment = await beatSegment(person, parsed)
  const lesson = await askedBy(segment.lesson).catch(async (error: unknown) => {
    // Nobody can go on with what was withdrawn: the visit ends with all its time, and the page hears why.
    if (error instanceof Refusal) await closeSegment(person, segment.id)
    throw error
  })
  const reply = countedIn(segment)
  const finished = parsed.finish ? await settle(person, lesson) : null
  return finished ? { ...reply, finished } : reply
}

/** Ends a visit; a last beat may come with it. */
export async function closeStudy(person: string, body: unknown): Promise<{ closed: boolean }> {
  const { segment, last } = parse(Closing, body)
  if (last?.segment === segment) await beatSegment(person, last)
  const ended = await closeSegment(person, segment)
  if (ended) await settleIfPublished(person, ended.lesson)
  return { closed: ended !== null }
}

/** Ends the visits whose pages have been silent; the process calls it every half minute. */
export async function endSilentVisits(): Promise<void> {
  for (const { person, lesson } of await closeSilent()) await settleIfPublished(person, lesson)
}

/** Like `settle`; a lesson that was withdrawn meanwhile is not finished any more, the time studied stays in the record. */
export async function settleIfPublished(person: string, lessonId: string) {
  const lesson = await askedBy(lessonId).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
  if (lesson) await settle(person, lesson)
}

/** How far a person is in a lesson now, open visits included. */
export async function studyState(person: string, lesson: StudiedLesson): Promise<StudyState> {
  const { rule, done } = await doneSoFar(person, lesson)
  return {
    owner: ownerMark(person),
    segment: null,
    seconds: Math.round(done.seconds),
    neededSeconds: neededSeconds(rule, lesson.minutes),
    minutes: lesson.minutes,
    sections: done.sections,
    passed: done.passed,
    completedAt: done.completedAt,
    missing: sayMissing(stillMissing(done, lesson, rule)),
  }
}

type Rule = ReturnType<Awaited<ReturnType<typeof versionsInForce>>['hourRule']>
type Done = { sections: string[]; passed: string[]; seconds: number; completedAt: string | null }

function stillMissing(done: Done, lesson: StudiedLesson, rule: Rule): Missing {
  return missing(done, {
    sections: lesson.sections,
    items: lesson.items,
    seconds: neededSeconds(rule, lesson.minutes),
  })
}

async function doneSoFar(person: string, lesson: StudiedLesson): Promise<{ rule: Rule; done: Done }> {
  const rule = (await versionsInForce()).hourRule(now().toISOString())
  const here = and(
    eq(progressTable.personId, person),
    eq(progressTable.lessonId, lesson.id),
    eq(progressTable.edition, lesson.edition),
  )
  const [row] = await read.select().from(progressTable).where(here)
  const stored = standingAt(row, now().toISOString())
  const visits = (await openIn(person, lesson.id)).filter((visit) => visit.edition === lesson.edition)
  const sections = new Set([...(stored?.sections ?? []), ...visits.flatMap((visit) => visit.sections)])
  const done = {
    sections: lesson.sections.filter((section) => sections.has(section)),
    passed: stored?.passed ?? [],
    seconds: (stored?.seconds ?? 0) + seconds(union(visits.flatMap((visit) => visit.spans))),
    completedAt: stored?.completedAt ?? null,
  }
  return { rule, done }
}

/**
 * Finishes a lesson if nothing is missing: ends the open visits, so that their time is in the record, and records
 * the completion. Returns the state if it was finished just now, else null.
 */
export async function settle(person: string, lesson: StudiedLesson): Promise<StudyState | null> {
  const { rule, done } = await doneSoFar(person, lesson)
  if (done.completedAt !== null || !isFinished(stillMissing(done, lesson, rule))) return null
  for (const visit of await openIn(person, lesson.id)) await closeSegment(person, visit.id)
  const exact = await doneSoFar(person, lesson)
  if (!isFinished(stillMissing(exact.done, lesson, rule))) return null
  const { id, course, title, minutes, courseMinutes, nature, edition, revision, sections, items } = lesson
  await record({
    kind: 'lesson-completed',
    id: v7(),
    person,
    at: now().toISOString(),
    lesson: id,
    course,
    title,
    minutes,
    courseMinutes,
    nature,
    edition,
    revision,
    sections,
    items,
  })
  const state = await studyState(person, lesson)
  return state.completedAt === null ? null : state
}

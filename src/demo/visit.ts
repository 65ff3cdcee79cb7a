// One person studies one lesson: visits of a few minutes on different days, the checks in between, and the end.
import { answered, wrongAnswer } from '#demo/answer.ts'
import { momentOf } from '#demo/calendar.ts'
import type { MakeId } from '#demo/id.ts'
import { between, chance, pick, whole, type Random } from '#demo/random.ts'
import type { StudiedLesson } from '#course/asked.server.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import type { Event } from '#record/events/event.ts'
import type { Span } from '#record/hours/span.ts'

/** A lesson with its questions and keys, as the library has them. */
export type DemoLesson = StudiedLesson & { questions: Item[]; neededSeconds: number }

export type Learner = {
  person: string
  random: Random
  id: MakeId
  /** Whether this person gets a question right at the first try. */
  isRight: (item: { indicator: string; difficulty: Item['difficulty']; guessing: number }) => boolean
}

/** How far somebody goes: the shares of sections, time and checks; 1 is all that the lesson asks for. */
export type Extent = { time: number; sections: number; checks: number }

export const finishes: Extent = { time: 1, sections: 1, checks: 1 }

type Try = { item: Item; right: boolean }

/** Windows of the day, minutes after midnight, in which people study: mostly at noon and in the evening. */
const windows = [
  { from: 430, to: 500, weight: 1 },
  { from: 545, to: 680, weight: 1 },
  { from: 742, to: 815, weight: 3 },
  { from: 880, to: 1010, weight: 1 },
  { from: 1170, to: 1290, weight: 5 },
].flatMap(({ weight, ...window }) => Array.from({ length: weight }, () => window))

/** A believable minute to begin at. */
export function minuteToStudy(random: Random): number {
  const { from, to } = pick(random, windows)
  return between(random, from, to)
}

/** Everything that happens while a lesson is studied on these days, one visit a day. */
export function studyLesson(learner: Learner, lesson: DemoLesson, days: string[], extent: Extent): Event[] {
  const { random } = learner
  const all = triesFor(learner, lesson, extent)
  const active = lesson.neededSeconds * extent.time * (extent.time < 1 ? 1 : between(random, 1.04, 1.5))
  const seen = Math.round(lesson.sections.length * extent.sections)
  const events: Event[] = []
  days.forEach((on, i) => {
    const upTo = (count: number) => Math.ceil((count * (i + 1)) / days.length)
    const before = (count: number) => Math.ceil((count * i) / days.length)
    events.push(
      ...visit(learner, lesson, {
        start: momentOf(on, minuteToStudy(random)),
        seconds: active / days.length,
        sections: lesson.sections.slice(0, upTo(seen)),
        tries: all.slice(before(all.length), upTo(all.length)),
      }),
    )
  })
  const end = Date.parse(events.at(-1)?.at ?? '')
  return extent === finishes ? [...events, completed(learner, lesson, end + 300)] : events
}

/** The checks in order; what goes wrong is tried again until it is right. */
function triesFor({ random, isRight }: Learner, { questions }: DemoLesson, { checks }: Extent): Try[] {
  return questions.slice(0, Math.round(questions.length * checks)).flatMap((item): Try[] => {
    if (isRight({ ...item, guessing: guessing(item) })) return [{ item, right: true }]
    const wrong: Try[] = Array.from({ length: chance(random, 0.25) ? 2 : 1 }, () => ({ item, right: false }))
    return [...wrong, { item, right: true }]
  })
}

type Visit = { start: number; seconds: number; sections: string[]; tries: Try[] }

/** Opens the lesson, answers what there is to answer, closes it; a second tab may be open beside it. */
function visit(learner: Learner, lesson: DemoLesson, { start, seconds, sections, tries }: Visit): Event[] {
  const { random, id } = learner
  const spans = spansFrom(random, start, seconds)
  const end = spans.at(-1)?.[1] ?? start
  const segment = id(start)
  const answers = tries.map((one, i): Event => {
    const place = 0.3 + (0.66 * (i + between(random, 0.1, 0.9))) / tries.length
    return answer(learner, lesson, one, Math.round(start + (end - start) * place))
  })
  const refused: Record<string, number> = chance(random, 0.08)
    ? { 'faster-than-clock': whole(random, 20, 170) }
    : {}
  return [
    opened(learner, lesson, start),
    ...(chance(random, 0.06) ? secondTab(learner, lesson, start + 70_000, end) : []),
    ...answers,
    studied(learner, lesson, { id: segment, start, end, spans, sections, refused }),
  ]
}

/** A second tab of the same lesson, closed before the first: only one of the two counts. */
export function secondTab(learner: Learner, lesson: DemoLesson, start: number, end: number): Event[] {
  const close = Math.round(end - 20_000)
  const at = { id: learner.id(start), start, end: close, sections: [], refused: {} }
  return [
    opened(learner, lesson, start),
    studied(learner, lesson, { ...at, spans: [[Math.round(start + 15_000), close]] }),
  ]
}

/** Active time of two to ten minutes at a stretch, with short absences in between. */
function spansFrom(random: Random, start: number, seconds: number): Span[] {
  const spans: Span[] = []
  let from = start
  let left = seconds
  while (left > 1) {
    const length = left > 700 ? between(random, 300, 600) : left
    spans.push([Math.round(from), Math.round(from + length * 1000)])
    from += (length + between(random, 40, 240)) * 1000
    left -= length
  }
  return spans
}

const frozen = ({ id: lesson, edition, revision }: DemoLesson) => ({ lesson, edition, revision })

function opened({ person, id }: Learner, lesson: DemoLesson, at: number): Event {
  return { kind: 'lesson-opened', id: id(at), person, at: new Date(at).toISOString(), ...frozen(lesson) }
}

type Studied = {
  id: string
  start: number
  end: number
  spans: Span[]
  sections: string[]
  refused: Record<string, number>
}

function studied(
  { person }: Learner,
  lesson: DemoLesson,
  { id, start, end, spans, sections, refused }: Studied,
): Event {
  const times = { at: new Date(end).toISOString(), openedAt: new Date(start).toISOString() }
  return {
    kind: 'segment-studied',
    ...{ id, person, ...times, ...frozen(lesson), spans, sections, watched: {}, refused },
  }
}

function answer(
  { person, id, random }: Learner,
  lesson: DemoLesson,
  { item, right }: Try,
  at: number,
): Event {
  return {
    kind: 'question-answered',
    id: id(at),
    person,
    at: new Date(at).toISOString(),
    lesson: lesson.id,
    edition: lesson.edition,
    mode: 'practice',
    ...answered(item, right ? rightAnswer(item) : wrongAnswer(random, item)),
  }
}

function completed({ person, id }: Learner, lesson: DemoLesson, at: number): Event {
  const { course, title, minutes, courseMinutes, nature, sections, items } = lesson
  return {
    kind: 'lesson-completed',
    id: id(at),
    person,
    at: new Date(at).toISOString(),
    ...{ ...frozen(lesson), course, title, minutes, courseMinutes, nature, sections, items },
  }
}

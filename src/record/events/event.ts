// What can happen to a learner. A kind is never renamed once stored; old samples are kept as tests for ever.
import { z } from 'astro/zod'

const instant = z.iso.datetime({ precision: 3 })
const day = z.iso.date()
const id = z.string().min(1).max(80)
const text = z.string().max(2_000)
/** A span of time, ms since 1970, server clock. */
const span = z.tuple([z.number(), z.number()])

const common = {
  /** UUID made by whoever saw it happen. */
  id: z.uuid(),
  /** The person it happened to. */
  person: id,
  /** When it happened, as claimed. */
  at: instant,
}

/** A lesson was opened for study. */
const lessonOpened = z.strictObject({
  ...common,
  kind: z.literal('lesson-opened'),
  lesson: id,
  edition: z.int().positive(),
  revision: id,
})

/** A visit to a lesson ended; its time was bounded by the server while it ran. */
const segmentStudied = z.strictObject({
  ...common,
  kind: z.literal('segment-studied'),
  lesson: id,
  edition: z.int().positive(),
  revision: id,
  openedAt: instant,
  /** Active time that may count, before the union with other tabs and devices. */
  spans: z.array(span).max(5_000),
  /** Ids of the sections that were seen. */
  sections: z.array(z.string().max(20)).max(100),
  /** Media watched, seconds from its start. */
  watched: z.record(z.string().max(200), z.array(z.tuple([z.number(), z.number()])).max(500)),
  /** Claimed seconds that the door refused, by reason. */
  refused: z.record(z.string().max(40), z.number().nonnegative()),
})

/** A question was answered; graded at the door, with what grading knew then. */
const questionAnswered = z.strictObject({
  ...common,
  kind: z.literal('question-answered'),
  /** The lesson beside which it stands; null in a paper. */
  lesson: id.nullable(),
  edition: z.int().positive().nullable(),
  item: id,
  itemRevision: z.int().positive(),
  mode: z.enum(['practice', 'supervised']),
  answer: z.json(),
  /** Points, 0 ≤ earned ≤ possible. */
  earned: z.number().nonnegative(),
  possible: z.number().positive(),
  indicator: id,
  /** The author's label at that revision. */
  difficulty: z.enum(['easy', 'medium', 'hard']),
  /** Chance of full points by guessing, 0–1. */
  guessing: z.number().min(0).max(1),
})

/** All that a lesson asks for was done; what that was is frozen here. */
const lessonCompleted = z.strictObject({
  ...common,
  kind: z.literal('lesson-completed'),
  lesson: id,
  edition: z.int().positive(),
  revision: id,
  course: id,
  title: z.string().max(200),
  /** Nominal minutes of this edition. */
  minutes: z.int().nonnegative(),
  /** Sections and items that had to be seen and passed. */
  sections: z.array(z.string().max(20)).max(100),
  items: z.array(id).max(100),
})

/** Somebody who may judge saw the person do it. */
const practiceObserved = z.strictObject({
  ...common,
  kind: z.literal('practice-observed'),
  indicator: id,
  /** Level of behaviour seen, 1–5, against the anchors of the model. */
  level: z.int().min(1).max(5),
  rater: id,
  observedOn: day,
  note: text,
})

/** Hours earned elsewhere, approved by an officer. */
const hoursImported = z.strictObject({
  ...common,
  kind: z.literal('hours-imported'),
  meter: z.enum(['online', 'concentrated']),
  title: z.string().min(1).max(200),
  organiser: z.string().max(200),
  startOn: day,
  endOn: day,
  hours: z.number().positive().max(600),
  approvedBy: id,
})

/** The person was at a class or a collective study, as its host confirmed. */
const attendanceRecorded = z.strictObject({
  ...common,
  kind: z.literal('attendance-recorded'),
  meter: z.enum(['online', 'concentrated']),
  title: z.string().min(1).max(200),
  organiser: z.string().max(200),
  on: day,
  minutes: z.int().positive().max(10_000),
  hours: z.number().positive().max(100),
  confirmedBy: id,
})

/** An earlier event is taken back; it stays in the record and counts no more. */
const eventCorrected = z.strictObject({
  ...common,
  kind: z.literal('event-corrected'),
  corrects: z.uuid(),
  reason: z.string().min(1).max(500),
  correctedBy: id,
})

/** Everything that can happen to a learner. */
export const Event = z.discriminatedUnion('kind', [
  lessonOpened,
  segmentStudied,
  questionAnswered,
  lessonCompleted,
  practiceObserved,
  hoursImported,
  attendanceRecorded,
  eventCorrected,
])
export type Event = z.infer<typeof Event>
export type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** An event as the record holds it. */
export type Recorded<E extends Event = Event> = E & {
  /** When the server received it. */
  receivedAt: string
  /** The time by which it is derived. */
  effectiveAt: string
}

// What can happen to a learner. A kind is never renamed once stored; old samples are kept as tests for ever.
import { z } from 'astro/zod'
import { ArchiveEntry } from '#record/events/archive-entry.ts'

const instant = z.iso.datetime({ precision: 3 })
const day = z.iso.date()
const id = z.string().min(1).max(80)
const text = z.string().max(2_000)
/** Compulsory (必修) or a choice (选修). */
const nature = z.enum(['compulsory', 'elective'])
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
  /** Of the counted seconds those that the page told only after a silence, because it had no line. */
  silentSeconds: z.number().nonnegative().optional(),
  /** The screen of a village hall at which it was; missing for a phone or computer of one's own. */
  screen: id.optional(),
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
  /** Where the item is a situation or a procedure that is walked through. */
  itemKind: z.enum(['scenario', 'procedure']).optional(),
  /** The attempt in which it was asked, see attempt-handed-in. */
  attempt: id.optional(),
  mode: z.enum(['practice', 'test', 'supervised']),
  answer: z.json(),
  /** Points, 0 ≤ earned ≤ possible. */
  earned: z.number().nonnegative(),
  possible: z.number().positive(),
  indicator: id,
  /** The author's label at that revision. */
  difficulty: z.enum(['easy', 'medium', 'hard']),
  /** Chance of full points by guessing, 0–1. */
  guessing: z.number().min(0).max(1),
  /** The screen of a village hall at which it was answered. */
  screen: id.optional(),
  /** Set where an objection was upheld: it stands in the place of that answer, at that one's effective time. */
  regrades: z.strictObject({ event: z.uuid(), effectiveAt: instant }).optional(),
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
  /** Nominal minutes of all lessons that its course had that day. */
  courseMinutes: z.int().nonnegative().optional(),
  /** Whether its course was compulsory (必修) or a choice (选修). */
  nature: nature.optional(),
  /** Sections and items that had to be seen and passed. */
  sections: z.array(z.string().max(20)).max(100),
  items: z.array(id).max(100),
})

/** The test of a course was handed in; who reaches its level has the lessons without sitting through them. */
const courseTested = z.strictObject({
  ...common,
  kind: z.literal('course-tested'),
  course: id,
  title: z.string().max(200),
  nature,
  /** Points, 0 ≤ earned ≤ possible. */
  earned: z.number().nonnegative(),
  possible: z.number().positive(),
  /** Share of the points that passes, 0–1. */
  passShare: z.number().min(0).max(1),
  /** The items that were drawn. */
  items: z.array(id).max(100),
  /** The lessons of the course as they were that day. */
  lessons: z
    .array(
      z.strictObject({
        lesson: id,
        edition: z.int().positive(),
        revision: id,
        title: z.string().max(200),
        minutes: z.int().nonnegative(),
      }),
    )
    .max(200),
})

/** A test was handed in. Its answers are events of their own; the estimate is a report and moves no belief. */
const attemptHandedIn = z.strictObject({
  ...common,
  kind: z.literal('attempt-handed-in'),
  attempt: id,
  assessment: id,
  title: z.string().max(200),
  /** Whether somebody watched. */
  supervised: z.boolean(),
  startedAt: instant,
  /** By the person, or by the clock. */
  handedBy: z.enum(['person', 'time']),
  /** How many items were shown, answered, answered too late, and withdrawn meanwhile. */
  shown: z.int().nonnegative(),
  answered: z.int().nonnegative(),
  late: z.int().nonnegative(),
  withdrawn: z.int().nonnegative(),
  /** Points of what was graded at once; the possible points of what waits for graders are in `waiting`. */
  earned: z.number().nonnegative(),
  possible: z.number().nonnegative(),
  waiting: z.number().nonnegative(),
  /** Of a test of one dimension: the weighted likelihood estimate and its standard error, from these answers alone. */
  estimate: z.strictObject({ dimension: id, theta: z.number(), se: z.number().positive() }).optional(),
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
  /** None where the class was not finished: it stands in the archive all the same. */
  hours: z.number().nonnegative().max(600),
  /** Compulsory (必修) or a choice (选修), where that was said. */
  nature: nature.optional(),
  /** The activity of the rule set under whose caps it falls. */
  activity: id.optional(),
  /** The other columns of the training archive. */
  entry: ArchiveEntry.optional(),
  /** The upload it came with, and who entered that. */
  batch: id.optional(),
  enteredBy: id.optional(),
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
  /** Compulsory (必修) or a choice (选修), where that was said. */
  nature: nature.optional(),
  /** The activity of the rule set under whose caps it falls. */
  activity: id.optional(),
  confirmedBy: id,
  /** How the hours came about, where no approval says it: a Chinese sentence without its stop. */
  basis: z.string().max(300).optional(),
})

/** An earlier event is taken back; it stays in the record and counts no more. */
const eventCorrected = z.strictObject({
  ...common,
  kind: z.literal('event-corrected'),
  corrects: z.uuid(),
  reason: z.string().min(1).max(500),
  correctedBy: id,
})

/** An objection was answered; what it granted counts from now on. */
const disputeSettled = z.strictObject({
  ...common,
  kind: z.literal('dispute-settled'),
  dispute: id,
  /** `time:<event>`, `answer:<event>` or `cell:<indicator>`. */
  about: z.string().max(90),
  outcome: z.enum(['upheld', 'declined']),
  /** Seconds given back, for the lesson in which they were refused. */
  granted: z
    .strictObject({ lesson: id, edition: z.int().positive(), seconds: z.number().nonnegative() })
    .optional(),
  answer: text,
  settledBy: id,
})

/** Everything that can happen to a learner. */
export const Event = z.discriminatedUnion('kind', [
  lessonOpened,
  segmentStudied,
  questionAnswered,
  lessonCompleted,
  courseTested,
  attemptHandedIn,
  practiceObserved,
  hoursImported,
  attendanceRecorded,
  eventCorrected,
  disputeSettled,
])
export type Event = z.infer<typeof Event>
export type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** What study leaves by itself, without an answer or an end. */
export type Study = EventOf<'lesson-opened' | 'segment-studied'>

/** An event as the record holds it. */
export type Recorded<E extends Event = Event> = E & {
  /** When the server received it. */
  receivedAt: string
  /** The time by which it is derived. */
  effectiveAt: string
}

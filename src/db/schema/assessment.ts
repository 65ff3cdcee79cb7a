// Tests: the item bank, blueprints, sittings, attempts with every saved answer, marks of graders, item statistics.
// The items themselves, revision by revision, are in `item` (library.ts).
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** An item of the bank under its permanent id: its present revision and how it stands. */
export const bankItem = sqliteTable(
  'bank_item',
  {
    id: text('id').primaryKey(),
    /** The present revision (item.revision). */
    revision: integer('revision').notNull(),
    kind: text('kind').notNull(),
    indicator: text('indicator').notNull(),
    difficulty: text('difficulty', { enum: ['easy', 'medium', 'hard'] }).notNull(),
    /** True: for supervised papers only, never in a file, exported only encrypted. */
    secure: integer('secure', { mode: 'boolean' }).notNull(),
    /** `draft`: entered, not yet approved; `active`: may be asked; `retired`: never again. */
    status: text('status', { enum: ['draft', 'active', 'retired'] }).notNull(),
    /** Why it was retired, in Chinese. */
    retiredReason: text('retired_reason'),
    author: text('author').notNull(),
    checkedBy: text('checked_by'),
    checkedOn: text('checked_on'),
    /** The file it came from, relative to content/, and the hash of what was imported last; null for one entered here. */
    file: text('file'),
    importedHash: text('imported_hash'),
    /** Set while the file differs and it was changed here too. */
    conflictHash: text('conflict_hash'),
    createdAt: text('created_at').notNull(),
  },
  (t) => [index('bank_item_indicator').on(t.indicator, t.secure, t.status)],
)

/** A test that can be taken, as its blueprint describes it. */
export const assessment = sqliteTable('assessment', {
  id: text('id').primaryKey(),
  /** Blueprint of src/assessment/blueprint/blueprint.ts. */
  body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
  hash: text('hash').notNull(),
  file: text('file'),
  withdrawnAt: text('withdrawn_at'),
  missingSince: text('missing_since'),
  createdAt: text('created_at').notNull(),
})

/** A supervised test held at a place and time: who has its code may begin while it is open. */
export const sitting = sqliteTable(
  'sitting',
  {
    id: text('id').primaryKey(),
    assessmentId: text('assessment_id').notNull(),
    /** People of this unit and below it may take part. */
    unitId: text('unit_id').notNull(),
    invigilatorId: text('invigilator_id').notNull(),
    /** Six digits, said in the room. */
    code: text('code').notNull(),
    openedAt: text('opened_at').notNull(),
    closedAt: text('closed_at'),
  },
  (t) => [
    index('sitting_assessment').on(t.assessmentId, t.closedAt),
    uniqueIndex('sitting_code')
      .on(t.code)
      .where(sql`closed_at is null`),
  ],
)

/** More time for one person in every test with a time limit. No reason is held: it would be about health. */
export const extraTime = sqliteTable('extra_time', {
  personId: text('person_id').primaryKey(),
  /** Share of the limit that is added: 0.25, 0.5, 1. */
  share: real('share').notNull(),
  grantedBy: text('granted_by').notNull(),
  grantedAt: text('granted_at').notNull(),
})

/** One person takes one test once. */
export const attempt = sqliteTable(
  'attempt',
  {
    id: text('id').primaryKey(),
    assessmentId: text('assessment_id').notNull(),
    personId: text('person_id').notNull(),
    /** The sitting, where it is supervised; null at home. */
    sittingId: text('sitting_id'),
    /** 1 for the first. */
    number: integer('number').notNull(),
    /** What items, their order and the order of their options were drawn by. */
    seed: text('seed').notNull(),
    /** The blueprint as it was then. */
    blueprint: text('blueprint', { mode: 'json' }).$type<unknown>().notNull(),
    startedAt: text('started_at').notNull(),
    /** On the server's clock, extra time within; null without a limit. */
    deadlineAt: text('deadline_at'),
    handedAt: text('handed_at'),
    /** `person`, or `time`: handed in by the clock. */
    handedBy: text('handed_by', { enum: ['person', 'time'] }),
    /** Result of src/assessment/attempt/result.ts; null before handing in. */
    result: text('result', { mode: 'json' }).$type<unknown>(),
  },
  (t) => [
    uniqueIndex('attempt_number').on(t.assessmentId, t.personId, t.number),
    // One active attempt: of two devices that start at once, one gets what the other began.
    uniqueIndex('attempt_active')
      .on(t.assessmentId, t.personId)
      .where(sql`handed_at is null`),
    index('attempt_person').on(t.personId),
    index('attempt_sitting').on(t.sittingId),
    index('attempt_deadline').on(t.handedAt, t.deadlineAt),
  ],
)

/** An item in an attempt, and the answer as it was saved last. */
export const attemptItem = sqliteTable(
  'attempt_item',
  {
    attemptId: text('attempt_id').notNull(),
    personId: text('person_id').notNull(),
    /** From 1. */
    position: integer('position').notNull(),
    itemId: text('item_id').notNull(),
    itemRevision: integer('item_revision').notNull(),
    shownAt: text('shown_at').notNull(),
    /** While the attempt runs the form as it is filled in (assessment/attempt/draft.ts); handed in, an Answer where it is one. */
    answer: text('answer', { mode: 'json' }).$type<unknown>(),
    /** When it was given: receipt less what the page says went by since; the newest of two devices stands. */
    answeredAt: text('answered_at'),
    receivedAt: text('received_at'),
    /** Arrived after the time was up: kept in `late_answer`, not counted. */
    lateAnswer: text('late_answer', { mode: 'json' }).$type<unknown>(),
    lateAt: text('late_at'),
    /** Points, once handed in and graded; null where it waits for people or was not answered. */
    earned: real('earned'),
    possible: real('possible'),
    /** Withdrawn while the attempt ran: not counted. */
    withdrawn: integer('withdrawn', { mode: 'boolean' }).notNull().default(false),
    /** The event question-answered that it became. */
    eventId: text('event_id'),
  },
  (t) => [
    primaryKey({ columns: [t.attemptId, t.position] }),
    uniqueIndex('attempt_item_once').on(t.attemptId, t.itemId),
    index('attempt_item_item').on(t.itemId),
    index('attempt_item_person').on(t.personId),
  ],
)

/** To how many takers of a test an item was shown; with item '' how many took it. */
export const exposure = sqliteTable(
  'exposure',
  {
    assessmentId: text('assessment_id').notNull(),
    itemId: text('item_id').notNull(),
    shown: integer('shown').notNull(),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.itemId] })],
)

/** What one grader gave a short answer. */
export const shortAnswerMark = sqliteTable(
  'short_answer_mark',
  {
    attemptId: text('attempt_id').notNull(),
    itemId: text('item_id').notNull(),
    /** Whose answer it is. */
    personId: text('person_id').notNull(),
    graderId: text('grader_id').notNull(),
    /** Points by criterion of the rubric. */
    points: text('points', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    remark: text('remark').notNull(),
    /** True where two disagreed and this one decides. */
    settles: integer('settles', { mode: 'boolean' }).notNull().default(false),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.itemId, t.graderId] }), index('mark_person').on(t.personId)],
)

/** What the answers say of an item, computed at night and on demand. */
export const itemStatistics = sqliteTable('item_statistics', {
  itemId: text('item_id').primaryKey(),
  computedAt: text('computed_at').notNull(),
  /** Statistics of src/assessment/calibration/. */
  body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
})

/** A calibration that was put in force: what it was made from, how it was linked to the scale. */
export const calibrationRun = sqliteTable('calibration_run', {
  name: text('name').primaryKey(),
  fromAt: text('from_at').notNull(),
  madeAt: text('made_at').notNull(),
  madeBy: text('made_by').notNull(),
  body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
})

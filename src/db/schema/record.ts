// The learning record: events, and everything derived from them, which may be thrown away and derived again.
import { sql } from 'drizzle-orm'
import type { Status } from '#db/schema/units.ts'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What happened. Rows are added, never changed; erasing a person empties payload and salt and keeps the hash. */
export const event = sqliteTable(
  'event',
  {
    /** Order of arrival. */
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    kind: text('kind').notNull(),
    personId: text('person_id').notNull(),
    /** Settles a repeat of the same fact under another id, e.g. one completion per person, lesson and edition. */
    once: text('once').unique(),
    /** When it happened, as claimed. */
    at: text('at').notNull(),
    /** When the server received it. */
    receivedAt: text('received_at').notNull(),
    /** The time by which it is derived. */
    effectiveAt: text('effective_at').notNull(),
    /** Claim and frozen facts as canonical JSON; null once erased. */
    payload: text('payload'),
    salt: text('salt'),
    /** H(salt‖payload); stays when payload and salt are erased. */
    payloadHash: text('payload_hash').notNull(),
    /** Hash of the event before it in this person's chain; empty for the first. */
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('event_person').on(t.personId, t.effectiveAt, t.id)],
)

/** The head of each person's chain. */
export const chain = sqliteTable('chain', {
  personId: text('person_id').primaryKey(),
  length: integer('length').notNull(),
  head: text('head').notNull(),
  /** The (effective time, id) of the last event derived; a later arrival with a smaller one is late. */
  derivedTo: text('derived_to').notNull(),
})

/** The root of all chain heads, one a night. */
export const root = sqliteTable('root', {
  on: text('on').primaryKey(),
  root: text('root').notNull(),
  chains: integer('chains').notNull(),
  at: text('at').notNull(),
})

/** A visit to a lesson that is still open: working state, becomes a `segment-studied` event when it closes. */
export const segment = sqliteTable(
  'segment',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    lessonId: text('lesson_id').notNull(),
    edition: integer('edition').notNull(),
    revisionId: text('revision_id').notNull(),
    openedAt: text('opened_at').notNull(),
    /** ms since 1970, server clock. */
    lastBeatAt: integer('last_beat_at').notNull(),
    lastSeq: integer('last_seq').notNull(),
    /** Counted spans `[from, to]`, ms since 1970, merged. */
    spans: text('spans').notNull(),
    /** Ids of the sections seen. */
    sections: text('sections').notNull(),
    /** Spans of media watched, seconds: `{ "<media>": [[from, to], …] }`. */
    watched: text('watched').notNull(),
    /** Seconds claimed and not counted, by reason. */
    refused: text('refused').notNull(),
    /** Of the counted seconds those that the page told only after a silence: it had no line, as it says. */
    silentSeconds: real('silent_seconds').notNull().default(0),
    /** The browser it runs in, a random mark; null where it keeps none. */
    device: text('device'),
  },
  (t) => [index('segment_person').on(t.personId), index('segment_beat').on(t.lastBeatAt)],
)

// Derived. Every row names its event.
/** How far a person is in one edition of a lesson. */
export const progress = sqliteTable(
  'progress',
  {
    personId: text('person_id').notNull(),
    lessonId: text('lesson_id').notNull(),
    edition: integer('edition').notNull(),
    openedAt: text('opened_at').notNull(),
    sections: text('sections', { mode: 'json' }).$type<string[]>().notNull(),
    /** Items answered with full points. */
    passed: text('passed', { mode: 'json' }).$type<string[]>().notNull(),
    seconds: real('seconds').notNull(),
    /** Of these the seconds that a page told only after a silence. */
    silentSeconds: real('silent_seconds').notNull().default(0),
    completedAt: text('completed_at'),
    eventId: text('event_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.lessonId, t.edition] })],
)

/** Time already counted for a person, so that two tabs or devices never count the same second twice. */
export const countedSpan = sqliteTable(
  'counted_span',
  {
    personId: text('person_id').notNull(),
    /** ms since 1970. */
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at').notNull(),
    eventId: text('event_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.fromAt] }), index('counted_span_to').on(t.personId, t.toAt)],
)

/** Time that was claimed and not counted, with the reason. */
export const refusedTime = sqliteTable(
  'refused_time',
  {
    personId: text('person_id').notNull(),
    eventId: text('event_id').notNull(),
    reason: text('reason').notNull(),
    lessonId: text('lesson_id').notNull(),
    seconds: real('seconds').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.reason] }), index('refused_time_person').on(t.personId, t.at)],
)

/** What was credited: minutes and 学时, by which event and which rule version. */
export const credit = sqliteTable(
  'credit',
  {
    eventId: text('event_id').notNull(),
    personId: text('person_id').notNull(),
    meter: text('meter', { enum: ['online', 'concentrated'] }).notNull(),
    /** The year, Asia/Shanghai. */
    period: integer('period').notNull(),
    on: text('on').notNull(),
    /** What it is for: a lesson id, or the title of a class. */
    subject: text('subject').notNull(),
    title: text('title').notNull(),
    courseId: text('course_id'),
    edition: integer('edition'),
    minutes: integer('minutes').notNull(),
    /** What this row adds to the sum; rows of one course sum to what the rule gives for its minutes. */
    hours: real('hours').notNull(),
    /** 学分, where the rule set counts them beside 学时. */
    points: real('points'),
    /** Compulsory (必修) or a choice (选修); null where the event does not say. */
    nature: text('nature', { enum: ['compulsory', 'elective'] }),
    /** The activity of the rule set whose caps apply; null for a lesson. */
    activity: text('activity'),
    rule: text('rule').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.eventId, t.subject] }),
    uniqueIndex('credit_once').on(t.personId, t.subject, t.edition, t.period),
    index('credit_period').on(t.personId, t.period),
  ],
)

/** What an event shows of one indicator. */
export const evidence = sqliteTable(
  'evidence',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    indicator: text('indicator').notNull(),
    eventId: text('event_id').notNull(),
    at: text('at').notNull(),
    item: text('item'),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
  },
  (t) => [
    index('evidence_person').on(t.personId, t.indicator),
    index('evidence_item').on(t.personId, t.item),
  ],
)

/** The belief about one person and indicator, as of the day of its newest evidence. */
export const belief = sqliteTable(
  'belief',
  {
    personId: text('person_id').notNull(),
    indicator: text('indicator').notNull(),
    mean: real('mean').notNull(),
    sd: real('sd').notNull(),
    pieces: integer('pieces').notNull(),
    kinds: integer('kinds').notNull(),
    asOfOn: text('as_of_on').notNull(),
    /** The event that moved it last, and by how much. */
    eventId: text('event_id').notNull(),
    meanBefore: real('mean_before'),
    /** What it says against the posts of the person, and the level, null while unmeasured: so it is counted in units. */
    status: text('status').$type<Status>().notNull().default('unmeasured'),
    level: integer('level'),
    /** The day on which status or level changes by age alone, or has to be looked at again; null if never. */
    changesOn: text('changes_on'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.indicator] }),
    index('belief_changes')
      .on(t.changesOn)
      .where(sql`${t.changesOn} is not null`),
  ],
)

/** Dated, immutable versions of what derivation needs: hour rules, item calibrations, rater severities, models. */
export const version = sqliteTable(
  'version',
  {
    kind: text('kind', { enum: ['hour-rule', 'calibration', 'severity', 'model'] }).notNull(),
    /** Rule set or model in force, item, or rater. */
    subject: text('subject').notNull(),
    /** First instant at which it is in force. */
    fromAt: text('from_at').notNull(),
    version: text('version').notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject, t.fromAt] })],
)

/** An objection of a person to refused time, a graded answer or a cell of the map, and its answer. */
export const dispute = sqliteTable(
  'dispute',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    /** `time:<event>`, `answer:<event>` or `cell:<indicator>`. */
    about: text('about').notNull(),
    text: text('text').notNull(),
    at: text('at').notNull(),
    /** What became of it; null while nobody has answered. */
    outcome: text('outcome', { enum: ['upheld', 'declined'] }),
    answer: text('answer'),
    answeredAt: text('answered_at'),
    answeredBy: text('answered_by'),
    /** The event `dispute-settled` that holds the outcome. */
    eventId: text('event_id'),
  },
  (t) => [index('dispute_person').on(t.personId), index('dispute_open').on(t.answeredAt)],
)

/** Hours from elsewhere that were uploaded together: they count once somebody else has approved them. */
export const hoursBatch = sqliteTable(
  'hours_batch',
  {
    id: text('id').primaryKey(),
    fileName: text('file_name').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: text('entered_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: text('approved_at'),
    /** Turned down before, or taken back after the approval, with the reason. */
    undoneBy: text('undone_by'),
    undoneAt: text('undone_at'),
    reason: text('reason'),
  },
  (t) => [index('hours_batch_entered').on(t.enteredAt)],
)

/** A sound row of an upload: what becomes an event when the upload is approved. */
export const hoursRow = sqliteTable(
  'hours_row',
  {
    batchId: text('batch_id').notNull(),
    /** Line of the file, from 1. */
    line: integer('line').notNull(),
    personId: text('person_id').notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
    /** The event that it became. */
    eventId: text('event_id'),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.line] }), index('hours_row_person').on(t.personId)],
)

/** A year whose table of hours was closed; what arrives later is a listed correction 补登. */
export const closedYear = sqliteTable('closed_year', {
  year: integer('year').primaryKey(),
  closedAt: text('closed_at').notNull(),
  closedBy: text('closed_by').notNull(),
  /** The last event (seq) that the table holds. */
  lastSeq: integer('last_seq').notNull(),
  /** One hash over all rows of the table. */
  root: text('root').notNull(),
})

/** The closed table: hours of a person on a meter in a year. */
export const closedHours = sqliteTable(
  'closed_hours',
  {
    year: integer('year').notNull(),
    personId: text('person_id').notNull(),
    meter: text('meter', { enum: ['online', 'concentrated'] }).notNull(),
    hours: real('hours').notNull(),
    minutes: integer('minutes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.year, t.personId, t.meter] })],
)

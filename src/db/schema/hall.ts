// Halls that study together 集体学习: sessions, who was there, what was answered. Hours follow as events once confirmed.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { person, unit } from '#db/schema/people.ts'

export const hallSession = sqliteTable(
  'hall_session',
  {
    /** UUID made by whoever began it: the server or a kiosk. */
    id: text('id').primaryKey(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    /** The screen that shows it; null where none does. */
    kioskId: text('kiosk_id'),
    hostId: text('host_id').notNull(),
    title: text('title').notNull(),
    /** 三会一课, 主题党日 and so on, in words. */
    kind: text('kind').notNull(),
    agenda: text('agenda', { mode: 'json' }).$type<string[]>().notNull(),
    /** The lesson on the screen, in the edition of that day; null for none. */
    lessonId: text('lesson_id'),
    edition: integer('edition'),
    /** Makes the rotating codes. */
    secret: text('secret').notNull(),
    state: text('state', { enum: ['planned', 'open', 'ended', 'confirmed', 'dropped'] }).notNull(),
    /** When it is planned to begin, then when it began. */
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at'),
    confirmedAt: text('confirmed_at'),
    /** How many people the host counted in the room. */
    headCount: integer('head_count'),
    /** 纪要. */
    minutes: text('minutes'),
    /** Which question is on the screen: an item id, or null. */
    asking: text('asking'),
    /** It was held without a line. */
    offline: integer('offline', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [index('hall_session_unit').on(t.unitId, t.startsAt)],
)

/** A claim to have been there, until the host confirms it. */
export const hallAttendance = sqliteTable(
  'hall_attendance',
  {
    sessionId: text('session_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    /** By own phone, by name and PIN at the screen, or written in by the host. */
    via: text('via', { enum: ['phone', 'pin', 'host'] }).notNull(),
    /** Null while only something else is known: that somebody left, or that the host confirmed the name. */
    inAt: text('in_at'),
    outAt: text('out_at'),
    /** The host's word: none yet, was there, or taken back. */
    state: text('state', { enum: ['claimed', 'confirmed', 'declined'] }).notNull(),
    confirmedBy: text('confirmed_by'),
    /** Why the check-in counts for nothing, in Chinese. */
    note: text('note'),
    /** The event that gave the hours. */
    eventId: text('event_id'),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.personId] }), index('hall_attendance_person').on(t.personId)],
)

/** A phone scanned the code of a session that the server does not know yet, because the hall has no line. */
export const hallClaim = sqliteTable('hall_claim', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  personId: text('person_id')
    .notNull()
    .references(() => person.id),
  /** Which half minute of the session the code was for, and the code. */
  slot: integer('slot').notNull(),
  code: text('code').notNull(),
  at: text('at').notNull(),
})

/** How many chose what; totals only. */
export const hallTally = sqliteTable(
  'hall_tally',
  {
    sessionId: text('session_id').notNull(),
    item: text('item').notNull(),
    /** Index of the option, from 0. */
    option: integer('option').notNull(),
    /** By phone. */
    count: integer('count').notNull().default(0),
    /** Hands that were counted, the last time that counts. */
    hands: integer('hands').notNull().default(0),
    handsAt: text('hands_at'),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.item, t.option] })],
)

/** Who has answered, so that nobody answers twice; not what. Gone when the session is confirmed. */
export const hallVote = sqliteTable(
  'hall_vote',
  {
    sessionId: text('session_id').notNull(),
    item: text('item').notNull(),
    /** Keyed hash of session and person. */
    voter: text('voter').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.item, t.voter] })],
)

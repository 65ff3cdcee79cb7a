// Screens in village halls: which there are, when they were met, what they sent, and who signed in at them.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { person, unit } from '#db/schema/people.ts'

/** A screen. Its private key never leaves its browser. */
export const kiosk = sqliteTable(
  'kiosk',
  {
    id: text('id').primaryKey(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    name: text('name').notNull(),
    /** Public key as JWK. */
    publicKey: text('public_key', { mode: 'json' })
      .$type<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>()
      .notNull(),
    /** The list of what it shows: a playlist of content/playlists. */
    playlist: text('playlist').notNull(),
    enrolledAt: text('enrolled_at').notNull(),
    enrolledBy: text('enrolled_by').notNull(),
    revokedAt: text('revoked_at'),
    revokedBy: text('revoked_by'),
    /** Turn of the last hello. */
    turn: integer('turn').notNull().default(0),
    /** What it said of itself at the last hello; null before the first. */
    helloAt: text('hello_at'),
    /** Highest number of an entry that it has made, as it said. */
    seq: integer('seq').notNull().default(0),
    pack: text('pack'),
    queue: integer('queue').notNull().default(0),
    storageUsed: integer('storage_used'),
    storageQuota: integer('storage_quota'),
    app: text('app'),
    /** Its wall clock minus the server's. */
    clockErrorSeconds: integer('clock_error_seconds'),
    /** The revoked kiosk was told so and has emptied itself. */
    emptiedAt: text('emptied_at'),
  },
  (t) => [index('kiosk_unit').on(t.unitId)],
)

/** The pairs of keys of the server: what kiosks are signed to and sealed to. One row for ever. */
export const kioskKey = sqliteTable('kiosk_key', {
  /** `signing` or `sealing`. */
  name: text('name', { enum: ['signing', 'sealing'] }).primaryKey(),
  /** Private key as JWK. */
  key: text('key', { mode: 'json' }).$type<JsonWebKey>().notNull(),
})

/** A screen that asks to be let in: its code stands on it until an administrator approves. */
export const kioskEnrolment = sqliteTable('kiosk_enrolment', {
  code: text('code').primaryKey(),
  publicKey: text('public_key', { mode: 'json' })
    .$type<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>()
    .notNull(),
  at: text('at').notNull(),
  expiresAt: text('expires_at').notNull(),
  /** Set once it is approved. */
  kioskId: text('kiosk_id'),
})

/** A hello that was answered; entries count their time from the last one that was heard. */
export const kioskContact = sqliteTable(
  'kiosk_contact',
  {
    id: text('id').primaryKey(),
    kioskId: text('kiosk_id')
      .notNull()
      .references(() => kiosk.id),
    /** Server clock, ms since 1970. */
    at: integer('at').notNull(),
    /** The contact that the kiosk had heard last; `up` and `off` count from it. */
    heard: text('heard'),
    /** Highest number of an entry made before. */
    seq: integer('seq').notNull(),
    up: integer('up').notNull(),
    off: integer('off').notNull(),
  },
  (t) => [
    index('kiosk_contact_kiosk').on(t.kioskId, t.seq),
    index('kiosk_contact_heard').on(t.kioskId, t.heard),
  ],
)

/** What a kiosk sent, as it came; the sealed body goes once it is settled, the number stays for ever. */
export const kioskEntry = sqliteTable(
  'kiosk_entry',
  {
    id: text('id').primaryKey(),
    kioskId: text('kiosk_id')
      .notNull()
      .references(() => kiosk.id),
    seq: integer('seq').notNull(),
    contactId: text('contact_id').notNull(),
    up: integer('up').notNull(),
    off: integer('off').notNull(),
    /** Wall clock of the kiosk. */
    at: text('at').notNull(),
    receivedAt: text('received_at').notNull(),
    /** Over the line, or carried by hand. */
    via: text('via', { enum: ['line', 'carried'] }).notNull(),
    /** Null once settled or refused. */
    sealed: text('sealed'),
    /** `waiting`: for another entry that it needs (its visit, the rest of a voice, the end of a session). */
    state: text('state', { enum: ['waiting', 'settled', 'refused'] }).notNull(),
    /** Kind of its body, once opened. */
    kind: text('kind'),
    /** What it waits for or belongs to: the id of a visit, a story or a session; null where nothing. */
    about: text('about'),
    /** Why it was refused, in Chinese. */
    reason: text('reason'),
    /** When it happened, server clock, ms since 1970; null until it was opened. */
    toAt: integer('to_at'),
    /** Where it was study: the beginning of the time that counts, which ends with it. */
    fromAt: integer('from_at'),
  },
  (t) => [
    index('kiosk_entry_seq').on(t.kioskId, t.seq),
    index('kiosk_entry_waiting').on(t.state, t.about, t.kioskId, t.seq),
    index('kiosk_entry_time').on(t.kioskId, t.toAt),
  ],
)

/** A cadre at a screen, from signing in to leaving. Opens nothing but hours and lessons at that screen. */
export const kioskVisit = sqliteTable(
  'kiosk_visit',
  {
    /** UUID made by the kiosk. */
    id: text('id').primaryKey(),
    kioskId: text('kiosk_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    how: text('how', { enum: ['phone', 'pin'] }).notNull(),
    /** The PIN was wrong, or locked: what was done in its name counts for nobody. */
    state: text('state', { enum: ['checked', 'refused'] }).notNull(),
    /** Hash of the cookie; null for a visit without a line, which has none. */
    tokenHash: text('token_hash').unique(),
    beganAt: text('began_at').notNull(),
    expiresAt: text('expires_at'),
    endedAt: text('ended_at'),
  },
  (t) => [index('kiosk_visit_person').on(t.personId, t.beganAt)],
)

/** A screen asks whether somebody with a phone wants to sign in there; good for two minutes. */
export const kioskAsk = sqliteTable('kiosk_ask', {
  codeHash: text('code_hash').primaryKey(),
  kioskId: text('kiosk_id').notNull(),
  visitId: text('visit_id').notNull(),
  expiresAt: text('expires_at').notNull(),
  /** Who agreed on the phone. */
  personId: text('person_id'),
  redeemedAt: text('redeemed_at'),
})

/** A word from county, township or village to the screens of a unit and all below it. */
export const notice = sqliteTable(
  'notice',
  {
    id: text('id').primaryKey(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    title: text('title').notNull(),
    text: text('text').notNull(),
    /** First and last day, Asia/Shanghai. */
    fromOn: text('from_on').notNull(),
    toOn: text('to_on').notNull(),
    /** Hours of the day, HH:MM; null for all day. */
    from: text('from_time'),
    to: text('to_time'),
    createdBy: text('created_by').notNull(),
    at: text('at').notNull(),
    endedAt: text('ended_at'),
  },
  (t) => [index('notice_unit').on(t.unitId, t.toOn)],
)

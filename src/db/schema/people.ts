// Who there is: units, persons, assignments, grants, and what sign-in keeps about them.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** A tree of units with a materialised path: `/u1/u2/` holds the ids from the root down to itself. */
export const unit = sqliteTable(
  'unit',
  {
    id: text('id').primaryKey(),
    parentId: text('parent_id'),
    path: text('path').notNull().unique(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['county', 'township', 'village', 'department'] }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [uniqueIndex('unit_name_in_parent').on(t.parentId, t.name)],
)

export const person = sqliteTable('person', {
  id: text('id').primaryKey(),
  /** Staff number 工号, also the name to sign in with. Never an ID-card number. */
  number: text('number').notNull().unique(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  closedAt: text('closed_at'),
  /** The privacy notice that this person has read, and when. */
  noticeVersion: text('notice_version'),
  noticeAt: text('notice_at'),
  /** Since when this person wants no suggestions computed from the map; null while they are wanted. */
  noSuggestionsAt: text('no_suggestions_at'),
})

/** Ties person, unit and post for a time; one person may hold several, one of them main on any day. */
export const assignment = sqliteTable(
  'assignment',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    post: text('post').notNull(),
    /** First day, Asia/Shanghai. */
    fromOn: text('from_on').notNull(),
    /** Last day; null while it lasts. */
    toOn: text('to_on'),
    main: integer('main', { mode: 'boolean' }).notNull(),
  },
  (t) => [index('assignment_person').on(t.personId), index('assignment_unit').on(t.unitId)],
)

/** Every right is role × unit; it holds for the unit and all below it. */
export const grant = sqliteTable(
  'grant',
  {
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    role: text('role').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    grantedBy: text('granted_by').notNull(),
    grantedAt: text('granted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.role, t.unitId] })],
)

/** A one-time slip that lets its bearer set a password and PIN; only the hash of its code is kept. */
export const slip = sqliteTable('slip', {
  codeHash: text('code_hash').primaryKey(),
  personId: text('person_id')
    .notNull()
    .references(() => person.id),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

/** The six-digit PIN for kiosks, as a slow hash. */
export const pin = sqliteTable('pin', {
  personId: text('person_id')
    .primaryKey()
    .references(() => person.id),
  hash: text('hash').notNull(),
  setAt: text('set_at').notNull(),
  /** The one before: what a screen without a line took before the change is checked with it. */
  formerHash: text('former_hash'),
})

/** Who looked at whose record; shown to the person. */
export const view = sqliteTable(
  'view',
  {
    id: text('id').primaryKey(),
    viewerId: text('viewer_id').notNull(),
    personId: text('person_id').notNull(),
    what: text('what').notNull(),
    at: text('at').notNull(),
  },
  (t) => [index('view_person').on(t.personId, t.at)],
)

/** What administrators and the process did; never changed, read by the audit administrator. */
export const audit = sqliteTable('audit', {
  id: text('id').primaryKey(),
  actorId: text('actor_id').notNull(),
  act: text('act').notNull(),
  target: text('target').notNull(),
  detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  at: text('at').notNull(),
})

/** What people say of a page, and what became of it. */
export const feedback = sqliteTable(
  'feedback',
  {
    id: text('id').primaryKey(),
    personId: text('person_id'),
    page: text('page').notNull(),
    /** The document that is shown on the page, and its revision then; null for other pages. */
    documentId: text('document_id'),
    revisionId: text('revision_id'),
    /** 1 to 5; null where none were given. */
    stars: integer('stars'),
    /** `hall`: given at the screen of a village hall. */
    origin: text('origin', { enum: ['reader', 'hall'] })
      .notNull()
      .default('reader'),
    /** Empty where only stars were given. */
    text: text('text').notNull(),
    at: text('at').notNull(),
    /** Shown to everybody; what was said is shown to whoever holds its address and to those who answer. */
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: text('answered_at'),
    /** The revision in which it was mended. */
    changedIn: text('changed_in'),
  },
  (t) => [index('feedback_document').on(t.documentId, t.at), index('feedback_at').on(t.at)],
)

// The tables of better-auth. A login has the id of its person.

export const login = sqliteTable('login', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull(),
  image: text('image'),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  username: text('username').unique(),
  displayUsername: text('display_username'),
  twoFactorEnabled: integer('two_factor_enabled', { mode: 'boolean' }),
})

export const session = sqliteTable(
  'session',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => login.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (t) => [index('session_user').on(t.userId)],
)

export const account = sqliteTable(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => login.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: integer('access_token_expires_at', { mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer('refresh_token_expires_at', { mode: 'timestamp_ms' }),
    scope: text('scope'),
    password: text('password'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('account_user').on(t.userId)],
)

export const verification = sqliteTable('verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }),
})

export const twoFactor = sqliteTable('two_factor', {
  id: text('id').primaryKey(),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  userId: text('user_id')
    .notNull()
    .references(() => login.id, { onDelete: 'cascade' }),
  verified: integer('verified', { mode: 'boolean' }),
})

/** Wrong sign-ins and requests in a window, by account or address; survives a restart. */
export const limit = sqliteTable('limit', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  /** When the window began, ms since 1970. */
  since: integer('since').notNull(),
})

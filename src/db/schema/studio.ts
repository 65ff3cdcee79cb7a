// Where lessons are written: drafts and who wrote in them, readings, remarks on passages, the county's rules for it.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { document, revision } from '#db/schema/library.ts'
import { person, unit } from '#db/schema/people.ts'

/** A document being written. What readers see is untouched by it until it is published. */
export const draft = sqliteTable(
  'draft',
  {
    id: text('id').primaryKey(),
    /** The permanent id under which it is, or will be, published. */
    documentId: text('document_id').notNull(),
    kind: text('kind', { enum: ['lesson', 'story', 'case'] }).notNull(),
    /** The course of a lesson; null for a story or case. */
    parentId: text('parent_id').references(() => document.id),
    /** The unit whose trainers write it; who reads and publishes it holds the role over this unit. */
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    title: text('title').notNull(),
    source: text('source').notNull(),
    itemsSource: text('items_source'),
    /** Name → `<hash>.<extension>` in DATA_DIR/media. */
    files: text('files', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Of source, items and files: what a signature stands under. */
    hash: text('hash').notNull(),
    /** Grows by one with each save; who saves names the version that he began from. */
    version: integer('version').notNull(),
    /** The author declares that hours may be earned with it again. */
    newEdition: integer('new_edition', { mode: 'boolean' }).notNull(),
    /** The revision that it began from; null for a new document. */
    baseRevisionId: text('base_revision_id').references(() => revision.id),
    state: text('state', { enum: ['open', 'published', 'dropped'] }).notNull(),
    /** When it is to be published by itself once all readings are made; null for by hand. */
    publishAt: text('publish_at'),
    /** Who chose that time. */
    scheduledBy: text('scheduled_by'),
    createdAt: text('created_at').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [index('draft_state').on(t.state, t.changedAt), index('draft_document').on(t.documentId)],
)

/** Everybody who has written in a draft; the first began it. */
export const draftWriter = sqliteTable(
  'draft_writer',
  {
    draftId: text('draft_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    firstAt: text('first_at').notNull(),
    lastAt: text('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.draftId, t.personId] }), index('draft_writer_person').on(t.personId)],
)

/** One person's word on one state of a draft 三审. Never changed. */
export const reading = sqliteTable(
  'reading',
  {
    id: text('id').primaryKey(),
    draftId: text('draft_id').notNull(),
    reading: text('reading', { enum: ['author', 'reviewer', 'publisher'] }).notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    /** Of what was read. */
    hash: text('hash').notNull(),
    verdict: text('verdict', { enum: ['passed', 'returned'] }).notNull(),
    /** Why it was returned; null for nothing said. */
    text: text('text'),
    at: text('at').notNull(),
  },
  (t) => [index('reading_draft').on(t.draftId, t.at)],
)

/** What a reader says of a passage of a draft. */
export const remark = sqliteTable(
  'remark',
  {
    id: text('id').primaryKey(),
    draftId: text('draft_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => person.id),
    /** The words it is about, letter by letter; empty for the whole. */
    passage: text('passage').notNull(),
    text: text('text').notNull(),
    at: text('at').notNull(),
    settledAt: text('settled_at'),
    settledBy: text('settled_by'),
  },
  (t) => [index('remark_draft').on(t.draftId, t.at)],
)

/** What the county decides about writing, by name: how many readings, sensitive words, withdrawn persons. */
export const studioRule = sqliteTable('studio_rule', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
})

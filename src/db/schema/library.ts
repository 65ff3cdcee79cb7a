// The library: documents, their immutable revisions, the items beside lessons, media by hash.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A course, lesson, story, case or list under its permanent id, and what of it is published. */
export const document = sqliteTable(
  'document',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['course', 'lesson', 'story', 'case', 'list'] }).notNull(),
    /** Address without leading slash: `courses/<course>/<lesson>`, `stories/<story>` … */
    slug: text('slug').notNull(),
    parentId: text('parent_id'),
    /** Place within its parent. */
    position: integer('position').notNull(),
    /** The revision that readers see; null before the first publication. */
    publishedRevisionId: text('published_revision_id'),
    withdrawnAt: text('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** The file it came from, relative to content/, and the hash of what was imported last. */
    file: text('file'),
    importedHash: text('imported_hash'),
    /** Set while the file differs and the studio has changed it too. */
    conflictHash: text('conflict_hash'),
    missingSince: text('missing_since'),
    /** The unit whose trainers wrote it in the studio; null for the whole county. */
    unitId: text('unit_id'),
  },
  (t) => [index('document_slug').on(t.slug), index('document_parent').on(t.parentId)],
)

/** One immutable state of a document. */
export const revision = sqliteTable(
  'revision',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => document.id),
    number: integer('number').notNull(),
    edition: integer('edition').notNull(),
    /** `file`: imported from content/; `studio`: written in the studio. */
    origin: text('origin', { enum: ['file', 'studio'] }).notNull(),
    hash: text('hash').notNull(),
    source: text('source').notNull(),
    /** items.yaml beside it, as written; null when there is none. */
    itemsSource: text('items_source'),
    /** The files beside it: name → `<hash>.<extension>` in DATA_DIR/media. */
    files: text('files', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    meta: text('meta', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** The checked tree, ready to be drawn; empty object for a course. */
    tree: text('tree', { mode: 'json' }).$type<unknown>().notNull(),
    /** Plain text by section, for search and for passages. */
    sections: text('sections', { mode: 'json' })
      .$type<{ id: string; title: string; text: string }[]>()
      .notNull(),
    minutes: integer('minutes').notNull(),
    author: text('author').notNull(),
    reviewer: text('reviewer'),
    /** The draft that it was published from, whose readings stand beside it; null for a file. */
    draftId: text('draft_id'),
    createdAt: text('created_at').notNull(),
  },
  (t) => [index('revision_document').on(t.documentId, t.number)],
)

/** One immutable revision of an item, with its key: never sent to a browser as it is. */
export const item = sqliteTable(
  'item',
  {
    id: text('id').notNull(),
    revision: integer('revision').notNull(),
    /** Hash of the body: the same revision number with another body is refused at import. */
    hash: text('hash').notNull(),
    lessonId: text('lesson_id'),
    indicator: text('indicator').notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.revision] }), index('item_lesson').on(t.lessonId)],
)

/** Which item revisions a lesson revision shows, in order. */
export const revisionItem = sqliteTable(
  'revision_item',
  {
    revisionId: text('revision_id')
      .notNull()
      .references(() => revision.id),
    itemId: text('item_id').notNull(),
    itemRevision: integer('item_revision').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.revisionId, t.itemId] })],
)

/** A file in DATA_DIR/media, named by its hash. */
export const media = sqliteTable('media', {
  hash: text('hash').primaryKey(),
  /** Extension without dot. */
  extension: text('extension').notNull(),
  bytes: integer('bytes').notNull(),
  createdAt: text('created_at').notNull(),
})

// What the search shows of a document, and its text by section for the passages. Beside these tables stands the FTS5
// table `search_index` (migrations/0001_search.sql), which keeps tokens only; its rowid is `search_document.number`.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A published document as its result shows it. */
export const searchDocument = sqliteTable('search_document', {
  number: integer('number').primaryKey({ autoIncrement: true }),
  /** The document's permanent id. */
  id: text('id').notNull().unique(),
  kind: text('kind', { enum: ['course', 'lesson', 'story', 'case', 'list'] }).notNull(),
  /** With its leading slash. */
  address: text('address').notNull(),
  title: text('title').notNull(),
  summary: text('summary').notNull(),
  path: text('path', { enum: ['不敢腐', '不能腐', '不想腐'] }).notNull(),
  /** The course that it is or belongs to, if any. */
  courseSlug: text('course_slug'),
  courseTitle: text('course_title'),
  indicators: text('indicators', { mode: 'json' }).$type<string[]>().notNull(),
  /** By which rules its tokens were made; another than today's is stale. */
  version: integer('version').notNull(),
})

/** The text of one section, from which the passage of a result is cut. */
export const searchSection = sqliteTable(
  'search_section',
  {
    document: integer('document')
      .notNull()
      .references(() => searchDocument.number, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    /** Its anchor on the page; empty for what stands before the first heading. */
    anchor: text('anchor').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.document, t.position] })],
)

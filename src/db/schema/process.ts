// What the process keeps about itself: whether this is a demo, which migrations of content ran.
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Facts about this database under a name: `demo` = `yes` in a demo database. */
export const mark = sqliteTable('mark', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})

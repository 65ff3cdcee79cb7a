// What units can do: counts of the beliefs of their members. Derived; moved in the transaction that moves a belief.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What can be said of an indicator against the target of somebody's posts. */
export type Status = 'reached' | 'not-reached' | 'uncertain' | 'unmeasured' | 'no-target'

/** Where a person is counted: the unit of the main assignment, and the posts that set the targets. One row a person. */
export const placement = sqliteTable(
  'placement',
  {
    personId: text('person_id').primaryKey(),
    /** Null while nobody's: not counted anywhere. */
    unitId: text('unit_id'),
    /** Posts of the day, sorted, separated by spaces. */
    posts: text('posts').notNull(),
  },
  (t) => [index('placement_unit').on(t.unitId)],
)

/** Persons counted in a unit and all below it. */
export const unitSize = sqliteTable('unit_size', {
  unitId: text('unit_id').primaryKey(),
  members: integer('members').notNull(),
})

/** Measured members by what their belief says, each counted once in a status and once in a level. */
const tally = {
  reached: integer('reached').notNull(),
  notReached: integer('not_reached').notNull(),
  uncertain: integer('uncertain').notNull(),
  noTarget: integer('no_target').notNull(),
  level1: integer('level1').notNull(),
  level2: integer('level2').notNull(),
  level3: integer('level3').notNull(),
  level4: integer('level4').notNull(),
  level5: integer('level5').notNull(),
}

/** Counts of a unit and all below it, now. */
export const unitTotal = sqliteTable(
  'unit_total',
  { unitId: text('unit_id').notNull(), indicator: text('indicator').notNull(), ...tally },
  (t) => [primaryKey({ columns: [t.unitId, t.indicator] })],
)

/** The same on the first day of a month; a row only where something had changed since the one before. */
export const unitSnapshot = sqliteTable(
  'unit_snapshot',
  {
    unitId: text('unit_id').notNull(),
    indicator: text('indicator').notNull(),
    on: text('on').notNull(),
    ...tally,
    /** Shown to those without rights over persons from that quarter on: at least five members differ from the last such. */
    published: integer('published', { mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.indicator, t.on] })],
)

/** How many a unit had on the first day of a month, and how healthy its learning was: figures by name, 0 to 1. */
export const unitMonth = sqliteTable(
  'unit_month',
  {
    unitId: text('unit_id').notNull(),
    on: text('on').notNull(),
    members: integer('members').notNull(),
    health: text('health', { mode: 'json' }).$type<Record<string, { of: number; all: number }>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.on] })],
)

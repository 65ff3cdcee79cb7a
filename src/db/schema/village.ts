// What villagers leave at the screen of their hall: family stories, and good deeds by rules that the village gave itself.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { unit } from '#db/schema/people.ts'

/** A family story 家风故事 told at a screen; shown in the hall only after review. */
export const toldStory = sqliteTable(
  'told_story',
  {
    /** The id of the entry that brought it. */
    id: text('id').primaryKey(),
    kioskId: text('kiosk_id').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    title: text('title').notNull(),
    /** How the teller wants to be called; empty for nobody. */
    teller: text('teller').notNull(),
    text: text('text').notNull(),
    /** `<hash>.<extension>` in DATA_DIR/media; null for a written one. */
    voice: text('voice'),
    seconds: integer('seconds'),
    /** Version of the words that the teller agreed to, and when. */
    consent: text('consent').notNull(),
    at: text('at').notNull(),
    state: text('state', { enum: ['waiting', 'shown', 'declined', 'taken-down'] }).notNull(),
    reviewedBy: text('reviewed_by'),
    reviewedAt: text('reviewed_at'),
    reason: text('reason'),
  },
  (t) => [index('told_story_unit').on(t.unitId, t.state)],
)

/** The rules of a village for good deeds of households 家风银行、功德银行; the last row of a unit holds. */
export const meritRule = sqliteTable(
  'merit_rule',
  {
    id: text('id').primaryKey(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    title: text('title').notNull(),
    /** The day of the assembly that agreed to them. */
    agreedOn: text('agreed_on').notNull(),
    rules: text('rules', { mode: 'json' }).$type<{ id: string; deed: string; points: number }[]>().notNull(),
    setBy: text('set_by').notNull(),
    at: text('at').notNull(),
    /** The village stopped it. */
    endedAt: text('ended_at'),
  },
  (t) => [index('merit_rule_unit').on(t.unitId, t.at)],
)

/** A good deed of a household that wanted it written down; never taken away from it, and never summed into a list. */
export const meritDeed = sqliteTable(
  'merit_deed',
  {
    id: text('id').primaryKey(),
    unitId: text('unit_id')
      .notNull()
      .references(() => unit.id),
    ruleId: text('rule_id').notNull(),
    /** As the household wants to be called. */
    household: text('household').notNull(),
    deed: text('deed').notNull(),
    points: integer('points').notNull(),
    on: text('on').notNull(),
    /** The household agreed that the hall's screen shows it. */
    shown: integer('shown', { mode: 'boolean' }).notNull(),
    enteredBy: text('entered_by').notNull(),
    at: text('at').notNull(),
    takenBackAt: text('taken_back_at'),
  },
  (t) => [index('merit_deed_unit').on(t.unitId, t.on)],
)

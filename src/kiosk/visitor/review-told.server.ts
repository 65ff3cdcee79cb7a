// Family stories before their reviewers: hearing them, letting one be shown or declining it, taking one down.
import { and, desc, eq, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import { toldStory } from '#db/schema/village.ts'
import { settings } from '#env.ts'
import { forgetSheets } from '#kiosk/fleet/sheet.server.ts'
import { dropLeftVoices } from '#kiosk/visitor/drop-voice.server.ts'
import { endOfReceipt, receiptOf } from '#kiosk/visitor/receipt.ts'
import type { ReviewToldForm, TakeDownToldForm } from '#kiosk/visitor/told-forms.ts'
import { voiceAt } from '#kiosk/visitor/told.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

const mostListed = 100

type Row = typeof toldStory.$inferSelect

/** A story as its reviewer finds it; `voice` is an address. */
export type Reviewed = Pick<
  Row,
  'id' | 'title' | 'teller' | 'text' | 'voice' | 'seconds' | 'at' | 'state' | 'reviewedAt' | 'reason'
> & { receipt: string; unit: string; screen: string }

/**
 * The stories of a reviewer's units: those that wait, the oldest first; then the others, the newest first.
 * @param receipt as it was read out by a teller; empty for all.
 * @returns null if that is no receipt.
 */
export async function listTold(by: Session, receipt: string): Promise<Reviewed[] | null> {
  const end = receipt.trim() === '' ? '' : endOfReceipt(receipt)
  if (end === null) return null
  const isAsked = end === '' ? undefined : sql`substr(replace(${toldStory.id}, '-', ''), -10) = ${end}`
  const waits = sql`${toldStory.state} = 'waiting'`
  const rows = await read
    .select({ told: toldStory, unit: unit.name, screen: kiosk.name })
    .from(toldStory)
    .innerJoin(unit, eq(unit.id, toldStory.unitId))
    .innerJoin(kiosk, eq(kiosk.id, toldStory.kioskId))
    .where(and(underAny(unit.path, scopeOf(by, 'reviewer')), isAsked))
    .orderBy(desc(waits), sql`case when ${waits} then ${toldStory.at} end`, desc(toldStory.at))
    .limit(mostListed)
  return rows.map(({ told: { voice, ...told }, ...place }) => {
    const { id, title, teller, text, seconds, at, state, reviewedAt, reason } = told
    const said = { id, title, teller, text, seconds, at, state, reviewedAt, reason }
    return { ...said, ...place, voice: voiceAt(voice), receipt: receiptOf(id) }
  })
}

/** Lets a story be shown in its hall, or declines it: then nothing of it stays. @throws Refusal, WrongField */
export async function reviewTold(by: Session, { story, verdict, reason }: ReviewToldForm): Promise<void> {
  if (verdict === 'show') return decide(by, story, 'waiting', { state: 'shown', reason: null })
  if (reason === '')
    throw new WrongField('reason', 'invalid', '请写为什么不放。', '讲的人拿回执来问的时候，要告诉他。')
  await decide(by, story, 'waiting', { state: 'declined', reason, ...nothingLeft })
  await dropLeftVoices(settings.dataDir)
}

/** Takes a story from the hall: nothing of it stays, and screens drop it at their next contact. @throws Refusal */
export async function takeDownTold(by: Session, { story, reason }: TakeDownToldForm): Promise<void> {
  await decide(by, story, 'shown', { state: 'taken-down', reason, ...nothingLeft })
  await dropLeftVoices(settings.dataDir)
}

/** The recording goes from the disk first, and then from the row (drop-voice.server.ts). */
const nothingLeft = { title: '', teller: '', text: '' }

type Change = { state: Exclude<Row['state'], 'waiting'>; reason: string | null } & Partial<typeof nothingLeft>

async function decide(by: Session, id: string, from: Row['state'], change: Change): Promise<void> {
  const review = { reviewedBy: by.person.id, reviewedAt: now().toISOString() }
  await write(async (tx) => {
    await requireMine(tx, by, id)
    const changed = await tx
      .update(toldStory)
      .set({ ...change, ...review })
      .where(and(eq(toldStory.id, id), eq(toldStory.state, from)))
      .returning({ id: toldStory.id })
    if (changed.length === 0)
      throw new Refusal('already-done', '这个故事刚刚有人处理过了。', '请刷新页面看一看。')
    await noteAct(tx, by.person.id, `told-${change.state}`, id)
  })
  forgetSheets()
}

async function requireMine(tx: Database, by: Session, id: string) {
  const [found] = await tx
    .select({ path: unit.path })
    .from(toldStory)
    .innerJoin(unit, eq(unit.id, toldStory.unitId))
    .where(eq(toldStory.id, id))
  if (!found || !inScope(scopeOf(by, 'reviewer'), found.path))
    throw new Refusal('not-found', '没有找到这个故事。', '它可能不在您管理的范围。')
}

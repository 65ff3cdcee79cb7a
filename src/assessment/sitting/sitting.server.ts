// A sitting: a supervised test held for a unit. Opening gives a code that is said in the room; closing lets nobody else
// in and cuts nothing off.
import { and, eq, isNull, lt } from 'drizzle-orm'
import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import type { z } from 'astro/zod'
import { assessmentById } from '#assessment/blueprint/assessments.server.ts'
import type { OpenSittingForm } from '#assessment/sitting/forms.ts'
import { trainerScope } from '#assessment/trained-by.server.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { sitting as sittingTable } from '#db/schema/assessment.ts'
import { unit as unitTable } from '#db/schema/people.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { inScope, outside } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

export type Sitting = typeof sittingTable.$inferSelect

/** Six digits, the first not 0, so that nobody leaves it away. */
const anyCode = () => String(randomInt(100_000, 1_000_000))
const mostTries = 20

/**
 * Opens a sitting of a supervised test for a unit and those below it. Opened twice for the same unit, it is the same one.
 * @param newCode gives codes, to be tried until one is free.
 * @throws Refusal `not-found`; `closed` if the test is not on offer; `invalid` if it needs no sitting; `not-yours` for a
 * unit over which one is not trainer.
 */
export async function openSitting(
  session: Session,
  { assessment, unit }: z.infer<typeof OpenSittingForm>,
  newCode: () => string = anyCode,
): Promise<Sitting> {
  const blueprint = await assessmentById(assessment)
  if (!blueprint) throw new Refusal('not-found', '没有找到这份测评。', '它可能已经停用。')
  if (!blueprint.supervised)
    throw new Refusal('invalid', '这份测评不用监考。', '各人在“测评”页里自己开始就行。')
  return write(async (tx) => {
    const [held] = await tx.select().from(unitTable).where(eq(unitTable.id, unit))
    if (!held || !inScope(trainerScope(session), held.path)) throw outside('单位')
    const [there] = await tx
      .select()
      .from(sittingTable)
      .where(
        and(
          eq(sittingTable.assessmentId, assessment),
          eq(sittingTable.unitId, unit),
          isNull(sittingTable.closedAt),
        ),
      )
    if (there) return there
    const opened = await insertWithCode(tx, newCode, {
      ...{ id: v7(), assessmentId: assessment, unitId: unit, invigilatorId: session.person.id },
      openedAt: now().toISOString(),
    })
    await noteAct(tx, session.person.id, 'sitting-opened', opened.id, { assessment, unitId: unit })
    return opened
  })
}

/** The unique index decides whether a code is free among the open sittings. */
async function insertWithCode(
  tx: Database,
  newCode: () => string,
  row: Omit<Sitting, 'code' | 'closedAt'>,
): Promise<Sitting> {
  for (let i = 0; i < mostTries; i++) {
    const [stored] = await tx
      .insert(sittingTable)
      .values({ ...row, code: newCode() })
      .onConflictDoNothing()
      .returning()
    if (stored) return stored
  }
  throw new Refusal('busy', '没有取到空的场次码，这一场没有开。', '请再按一次“开场”。')
}

/**
 * Closes a sitting: its code lets nobody in any more, and whoever is writing goes on to his own deadline.
 * @throws Refusal `not-yours` if there is none over one's units, `already-done` if it is closed.
 */
export async function closeSitting(session: Session, id: string): Promise<void> {
  await write(async (tx) => {
    const found = await sittingIn(tx, session, id)
    if (!found) throw new Refusal('not-yours', '没有找到这一场。', '它可能不在你管理的单位。')
    if (found.closedAt !== null) throw new Refusal('already-done', '这一场已经收了。')
    await tx.update(sittingTable).set({ closedAt: now().toISOString() }).where(eq(sittingTable.id, id))
    await noteAct(tx, session.person.id, 'sitting-closed', id)
  })
}

/** Longer than any test lasts. */
const longestHours = 12

/**
 * Closes the sittings that somebody forgot to close: their code would let people in who sit at home, days later, and their
 * tests would say that somebody watched. The process calls it each minute.
 */
export async function closeForgotten(): Promise<void> {
  const at = now()
  const since = new Date(at.getTime() - longestHours * 3_600_000).toISOString()
  const forgotten = and(isNull(sittingTable.closedAt), lt(sittingTable.openedAt, since))
  const found = await read.select({ id: sittingTable.id }).from(sittingTable).where(forgotten)
  if (found.length === 0) return
  await write(async (tx) => {
    const closed = await tx
      .update(sittingTable)
      .set({ closedAt: at.toISOString() })
      .where(forgotten)
      .returning({ id: sittingTable.id })
    for (const { id } of closed) await noteAct(tx, theProcess, 'sitting-closed', id)
  })
}

async function sittingIn(db: Database, session: Session, id: string): Promise<Sitting | null> {
  const [found] = await db
    .select({ sitting: sittingTable, path: unitTable.path })
    .from(sittingTable)
    .innerJoin(unitTable, eq(unitTable.id, sittingTable.unitId))
    .where(eq(sittingTable.id, id))
  return found && inScope(trainerScope(session), found.path) ? found.sitting : null
}

// More time for one person in every test with a limit. No reason is asked and none is held: it would be about health.
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { deadlineOf } from '#assessment/attempt/time.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'
import type { ExtraTimeForm, Share } from '#assessment/sitting/forms.ts'
import { trainedBy, trains } from '#assessment/trained-by.server.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { attempt, extraTime } from '#db/schema/assessment.ts'
import { person } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { tidyNumber } from '#people/number.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** Somebody with more time. */
export type WithExtra = { person: string; name: string; number: string; share: Share }

const byName = new Intl.Collator('zh-CN')

/** Those of a trainer's units who have more time, in the order of their names. */
export async function withExtraTime(session: Session): Promise<WithExtra[]> {
  const rows = await read
    .select({ person: person.id, name: person.name, number: person.number, share: extraTime.share })
    .from(extraTime)
    .innerJoin(person, eq(person.id, extraTime.personId))
    .where(trainedBy(session))
  return rows
    .map((row) => ({ ...row, share: row.share as Share }))
    .sort((a, b) => byName.compare(a.name, b.name) || byName.compare(a.number, b.number))
}

/**
 * Gives a person of one's units more time, from now on and in every test; an attempt that runs gets it too.
 * @returns the name, to be said.
 * @throws WrongField if there is nobody with this number in one's units; Refusal `invalid` for oneself.
 */
export async function grantExtraTime(
  session: Session,
  { number, share }: z.infer<typeof ExtraTimeForm>,
): Promise<string> {
  const by = session.person.id
  return write(async (tx) => {
    const [found] = await tx
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(
        and(
          eq(sql`lower(${person.number})`, tidyNumber(number)),
          isNull(person.closedAt),
          trainedBy(session),
        ),
      )
    if (!found)
      throw new WrongField('number', 'not-found', '你的单位里没有这个工号的人。', '请核对工号再填一次。')
    if (found.id === by) throw new Refusal('invalid', '自己的时间不能自己加。', '请另一位教员来办。')
    const given = { share, grantedBy: by, grantedAt: now().toISOString() }
    await tx
      .insert(extraTime)
      .values({ personId: found.id, ...given })
      .onConflictDoUpdate({ target: extraTime.personId, set: given })
    await putOff(tx, found.id, share)
    await noteAct(tx, by, 'extra-time-granted', found.id, { share })
    return found.name
  })
}

/** Moves the deadlines of what runs; only ever later. */
async function putOff(tx: Database, personId: string, share: number) {
  const running = await tx
    .select()
    .from(attempt)
    .where(and(eq(attempt.personId, personId), isNull(attempt.handedAt), isNotNull(attempt.deadlineAt)))
  for (const { id, startedAt, deadlineAt, blueprint } of running) {
    const later = deadlineOf(startedAt, Blueprint.parse(blueprint).minutes, share)
    if (later !== null && deadlineAt !== null && later > deadlineAt)
      await tx.update(attempt).set({ deadlineAt: later }).where(eq(attempt.id, id))
  }
}

/**
 * Takes it back: tests that are begun from now on have the usual time, one that runs keeps what it had.
 * @throws Refusal `not-yours` if there is nobody like that in one's units, `already-done` if there is nothing to take back.
 */
export async function endExtraTime(session: Session, personId: string): Promise<void> {
  await write(async (tx) => {
    if (!(await trains(tx, session, personId)))
      throw new Refusal('not-yours', '没有找到这个人。', '可能不在你管理的单位。')
    const gone = await tx
      .delete(extraTime)
      .where(eq(extraTime.personId, personId))
      .returning({ share: extraTime.share })
    if (gone.length === 0) throw new Refusal('already-done', '这个人没有加时，不用收回。')
    await noteAct(tx, session.person.id, 'extra-time-ended', personId)
  })
}

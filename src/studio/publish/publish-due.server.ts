// Publishes what was planned, once its time has come, in the name and with the rights of who planned it.
import { and, eq, isNotNull, isNull, lte } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { grant, person, unit } from '#db/schema/people.ts'
import { draft } from '#db/schema/studio.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import type { Role, Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { publishDraft } from '#studio/publish/publish-draft.server.ts'

/** One that may no longer be published loses its time, and the audit log says why. */
export async function publishDue(): Promise<void> {
  const isDue = and(
    ...[eq(draft.state, 'open'), isNotNull(draft.publishAt), lte(draft.publishAt, now().toISOString())],
  )
  const due = await read.select({ id: draft.id, by: draft.scheduledBy }).from(draft).where(isDue)
  const broken: unknown[] = []
  for (const { id, by } of due) {
    try {
      await publishDraft(await actingFor(by ?? ''), id)
    } catch (error) {
      if (!(error instanceof Refusal)) {
        // The others do not wait for it; it is told at the end, and tried again.
        broken.push(error)
        continue
      }
      // Too much is going on just now; the next minute tries again.
      if (error.kind === 'busy') continue
      await write(async (tx) => {
        await tx.update(draft).set({ publishAt: null, scheduledBy: null }).where(eq(draft.id, id))
        await noteAct(tx, by ?? theProcess, 'draft-not-published', id, { why: error.message })
      })
    }
  }
  if (broken.length > 0) throw new AggregateError(broken, 'Some drafts could not be published.')
}

/** A person as he would act now, without having signed in. @throws Refusal if the account is closed. */
async function actingFor(personId: string): Promise<Session> {
  const [found] = await read
    .select({ id: person.id, number: person.number, name: person.name })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.closedAt)))
  if (!found) throw new Refusal('not-yours', '定时的人已经没有账号。')
  const grants = await read
    .select({ role: grant.role, unitId: grant.unitId, path: unit.path })
    .from(grant)
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .where(eq(grant.personId, personId))
  const held = grants.map((one) => ({ ...one, role: one.role as Role }))
  return {
    id: personId,
    person: found,
    grants: held,
    unitPaths: [],
    secondFactor: false,
    noticeVersion: null,
  }
}

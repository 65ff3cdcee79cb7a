// Reads one draft for somebody who may see it; for anybody else there is none.
import { asc, eq } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { person, unit } from '#db/schema/people.ts'
import { draft, draftWriter, reading } from '#db/schema/studio.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { maySee, mayWrite, type Draft } from '#studio/draft/draft.ts'

/** The draft, whoever asks; null if there is none. */
export async function draftById(db: Database, id: string): Promise<Draft | null> {
  const [row] = await db
    .select({ draft, unitPath: unit.path, unitName: unit.name })
    .from(draft)
    .innerJoin(unit, eq(unit.id, draft.unitId))
    .where(eq(draft.id, id))
  if (!row) return null
  const writers = await db
    .select({ id: draftWriter.personId, name: person.name })
    .from(draftWriter)
    .innerJoin(person, eq(person.id, draftWriter.personId))
    .where(eq(draftWriter.draftId, id))
    .orderBy(asc(draftWriter.firstAt))
  const readings = await db
    .select({
      ...{ id: reading.id, reading: reading.reading, person: reading.personId, name: person.name },
      ...{ hash: reading.hash, verdict: reading.verdict, text: reading.text, at: reading.at },
    })
    .from(reading)
    .innerJoin(person, eq(person.id, reading.personId))
    .where(eq(reading.draftId, id))
    .orderBy(asc(reading.at), asc(reading.id))
  return { ...row.draft, unitPath: row.unitPath, unitName: row.unitName, writers, readings }
}

/** @throws Refusal `not-found` also for what one may not know of. */
export async function draftFor(session: Session, id: string, db: Database = read): Promise<Draft> {
  const found = await draftById(db, id)
  if (!found || !maySee(session, found))
    throw new Refusal('not-found', '没有找到这份稿子。', '它可能是别的单位的，或已经删去。请从创作间进入。')
  return found
}

/** @throws Refusal for what is published or dropped, and for who only reads it. */
export async function draftToWrite(session: Session, id: string, db: Database = read): Promise<Draft> {
  const found = await draftFor(session, id, db)
  requireOpenDraft(found)
  if (!mayWrite(session, found))
    throw new Refusal('not-yours', '这份稿子您只能看和审。', '要改请联系写稿的人，或在评审页写意见。')
  return found
}

/** @throws Refusal */
export function requireOpenDraft({ state }: Pick<Draft, 'state'>) {
  if (state === 'published')
    throw new Refusal('closed', '这份稿子已经发布。', '要再改，请在“馆藏”里从发布的内容另起一稿。')
  if (state === 'dropped') throw new Refusal('closed', '这份稿子已经放弃。')
}

// Our own process as `npm start` runs it, with a person who writes, reads and publishes for the whole county.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { ownerMark } from '#course/owner.server.ts'
import { read, write } from '#db/database.server.ts'
import { grant, login, person, unit } from '#db/schema/people.ts'
import { draft } from '#db/schema/studio.ts'
import { requireSettings } from '#env.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import type { Session } from '#people/session.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { draftOf } from '#studio/draft/begin.server.ts'
import { handIn } from '#studio/reading/read-draft.server.ts'
import { setReadings } from '#studio/rules.server.ts'
import { importWord } from '#studio/word/import-word.server.ts'
import { makeWordFile } from '../support/word-file.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'
import { openSession } from './sessions.ts'

const running = await startServer(requireSettings())
stopOnSignal(running.close)

answerWith({
  origin: () => running.origin,
  enterEditor,
  newDraft,
  handIn: async (id: string) => handIn(await editor(), id, false),
  forgetPages: () => invalidateTags(['library']),
  importWordFile,
  watchLoop,
  longestHold,
})

let session: Session | null = null

/** A person with all roles of writing over the county; returns the cookie and the mark. */
async function enterEditor(): Promise<{ cookie: string; owner: string }> {
  const at = new Date().toISOString()
  const [id, unitId] = [v7(), v7()]
  const path = `/${unitId}/`
  const hash = await hashSecret(v7())
  const cookie = await write(async (tx) => {
    await tx
      .insert(unit)
      .values({ id: unitId, parentId: null, path, name: '县', kind: 'county', createdAt: at })
    await tx
      .insert(person)
      .values({ id, number: id, name: '某人', createdAt: at, noticeVersion, noticeAt: at })
    for (const role of ['trainer', 'reviewer', 'publisher'])
      await tx.insert(grant).values({ personId: id, role, unitId, grantedBy: 'bench', grantedAt: at })
    await setLogin(tx, id, id, hash)
    const [own] = await tx.select({ id: login.id }).from(login).where(eq(login.id, id))
    return openSession(tx, own?.id ?? id)
  })
  const grants = (['trainer', 'reviewer', 'publisher'] as const).map((role) => ({ role, unitId, path }))
  const who = { id, number: id, name: '某人' }
  session = { id, person: who, grants, unitPaths: [], secondFactor: false, noticeVersion }
  await setReadings(session, { lesson: 1, story: 1, case: 1 })
  return { cookie, owner: ownerMark(id) }
}

async function editor(): Promise<Session> {
  if (!session) throw new Error('Nobody has been entered yet.')
  return session
}

/** A draft of a published document. */
async function newDraft(documentId: string): Promise<{ id: string; version: number; source: string }> {
  const id = await draftOf(await editor(), documentId)
  const [row] = await read.select().from(draft).where(eq(draft.id, id))
  if (!row) throw new Error('The draft is not there.')
  return { id, version: row.version, source: row.source }
}

/** Seconds that a Word file of 30 pages takes, the file itself not counted. */
async function importWordFile(): Promise<number> {
  const bytes = await makeWordFile({ pages: 30 })
  const began = performance.now()
  await importWord(bytes)
  return (performance.now() - began) / 1000
}

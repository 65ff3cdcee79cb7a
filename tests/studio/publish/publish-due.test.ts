// A draft whose time has come is published by itself, in the name of who chose the time and only with his rights.
import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { read, write } from '#db/database.server.ts'
import { audit, grant } from '#db/schema/people.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { publishDue } from '#studio/publish/publish-due.server.ts'
import { scheduleDraft } from '#studio/publish/publish-draft.server.ts'
import { creditsOf } from '#studio/publish/credits.server.ts'
import { revision } from '#db/schema/library.ts'
import { giveReading, handIn } from '#studio/reading/read-draft.server.ts'
import { newsroom, person, readyLesson, stored } from '../newsroom.ts'

newsroom()
afterAll(closeJudge)
afterEach(() => setClock(() => new Date()))

async function readyToPublish(title: string): Promise<string> {
  const id = await readyLesson(person('wang'), title)
  await handIn(person('wang'), id, false)
  for (const [who, reading] of [
    ['zhao', 'reviewer'],
    ['sun', 'publisher'],
  ] as const)
    await giveReading(person(who), id, {
      ...{ reading, verdict: 'passed', text: null, hash: (await stored(id)).hash },
    })
  return id
}
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('it is published once its time has come, not before, and every page hears of it', async () => {
  const id = await readyToPublish('定时发布')
  await scheduleDraft(person('sun'), id, later(10).toISOString())
  await publishDue()
  expect((await stored(id)).state).toBe('open')
  const told: string[][] = []
  const stop = onLibraryChange((tags) => told.push(tags))
  setClock(() => later(11))
  await publishDue()
  await publishDue()
  stop()
  expect((await stored(id)).state).toBe('published')
  expect(told).toEqual([['library', (await stored(id)).documentId, 'crs-jiafeng']])
  const [row] = await read.select().from(revision).where(eq(revision.draftId, id))
  expect(await creditsOf(row?.id ?? '')).toEqual({ writers: ['wang'], reviewer: 'zhao', publisher: 'sun' })
})

test('a time that has passed is refused', async () => {
  const id = await readyToPublish('过去的时间')
  await expect(scheduleDraft(person('sun'), id, later(-1).toISOString())).rejects.toThrow('已经过了')
})

test('who may no longer publish does not publish by having chosen a time, and the log says why', async () => {
  const id = await readyToPublish('收回了权')
  await scheduleDraft(person('sun'), id, later(10).toISOString())
  await write((tx) => tx.delete(grant).where(eq(grant.personId, person('sun').person.id)))
  setClock(() => later(11))
  await publishDue()
  expect(await stored(id)).toMatchObject({ state: 'open', publishAt: null })
  const [line] = await read
    .select()
    .from(audit)
    .where(and(eq(audit.target, id), eq(audit.act, 'draft-not-published')))
  expect(line?.detail['why']).toContain('没有找到')
})

// Somebody who wrote, read and remarked is erased: what was written stays, and nothing names him any more.
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { revision } from '#db/schema/library.ts'
import { erasePerson } from '#people/erase.server.ts'
import { theProcess } from '#people/audit.server.ts'
import { draftOf } from '#studio/draft/begin.server.ts'
import { listDrafts } from '#studio/draft/lists.server.ts'
import { openDraft } from '#studio/draft/save.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { creditsOf } from '#studio/publish/credits.server.ts'
import { publishDraft, scheduleDraft } from '#studio/publish/publish-draft.server.ts'
import { publishDue } from '#studio/publish/publish-due.server.ts'
import { giveReading, handIn, remarkOn, settleRemark } from '#studio/reading/read-draft.server.ts'
import { reviewOf } from '#studio/reading/review.server.ts'
import { lookAtDocument } from '#studio/withdraw/look-at-document.server.ts'
import { setClock } from '#clock.server.ts'
import { newsroom, person, readyLesson, stored } from '../newsroom.ts'

newsroom()
afterAll(closeJudge)
afterAll(() => setClock(() => new Date()))

async function read3(id: string, writer: string) {
  await handIn(person(writer), id, false)
  for (const [who, reading] of [
    ['zhao', 'reviewer'],
    ['sun', 'publisher'],
  ] as const)
    await giveReading(person(who), id, {
      ...{ reading, verdict: 'passed', text: '好', hash: (await stored(id)).hash },
    })
}

test('published and open drafts of who was erased go on without a name', async () => {
  const done = await readyLesson(person('li'), '写的人走了')
  await read3(done, 'li')
  await publishDraft(person('sun'), done)
  const planned = await readyLesson(person('wang'), '定时的人走了')
  await read3(planned, 'wang')
  await scheduleDraft(person('sun'), planned, new Date(Date.now() + 60_000).toISOString())
  const open = await readyLesson(person('li'), '没写完的人走了')
  await remarkOn(person('zhao'), open, '', '说清楚些。')
  await remarkOn(person('li'), open, '', '好的。')

  for (const who of ['li', 'sun', 'zhao']) await erasePerson(person(who).person.id, theProcess)

  const [row] = await read.select().from(revision).where(eq(revision.draftId, done))
  expect(await creditsOf(row?.id ?? '')).toEqual({ writers: [], reviewer: null, publisher: null })
  const { documentId } = await stored(done)
  expect((await lookAtDocument(person('wang'), documentId, 1))?.versions.list[0]?.author).not.toContain('li')
  const review = await reviewOf(person('wang'), open)
  expect(review.remarks).toEqual([])
  expect(JSON.stringify(review.draft.writers)).not.toContain('"name":"li"')
  expect((await reviewOf(person('wang'), planned)).waiting).toEqual({ type: 'publication' })
  expect((await openDraft(person('wang'), { draft: open })).writes).toBe(true)
  expect((await listDrafts(person('wang'))).map(({ id }) => id)).toContain(open)
  expect(await draftOf(person('wang'), documentId)).toBeTruthy()
  await expect(settleRemark(person('wang'), open, 'gone')).rejects.toThrow('没有找到')

  setClock(() => new Date(Date.now() + 120_000))
  await publishDue()
  expect(await stored(planned)).toMatchObject({ state: 'open', publishAt: null })
})

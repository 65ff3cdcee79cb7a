// From a draft to what readers see: written by one, read by another, published by a third.
import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { audit } from '#db/schema/people.ts'
import { lessonBySlug } from '#course/library.server.ts'
import { Refusal } from '#refusal.ts'
import { draftOf, startDraft } from '#studio/draft/begin.server.ts'
import { listDrafts } from '#studio/draft/lists.server.ts'
import { draftFor } from '#studio/draft/load.server.ts'
import { openDraft } from '#studio/draft/save.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { publishDraft } from '#studio/publish/publish-draft.server.ts'
import { giveReading, handIn, remarkOn } from '#studio/reading/read-draft.server.ts'
import { reviewOf } from '#studio/reading/review.server.ts'
import { setReadings } from '#studio/rules.server.ts'
import { headOf, newsroom, person, readyLesson, save, stored } from '../newsroom.ts'

newsroom()
afterAll(closeJudge)

const refused = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refusal)) throw new Error(`It was not refused: ${String(error)}`)
  return error.message
}
const pass = async (who: string, id: string, reading: 'reviewer' | 'publisher') =>
  giveReading(person(who), id, { reading, verdict: 'passed', text: null, hash: (await stored(id)).hash })

test('a lesson goes from one who writes through two who read to its readers, and says who they were', async () => {
  const id = await readyLesson(person('wang'))
  await handIn(person('wang'), id, false)
  expect(await refused(publishDraft(person('sun'), id))).toContain('三审还没有做完')
  await pass('zhao', id, 'reviewer')
  await pass('sun', id, 'publisher')
  const address = await publishDraft(person('sun'), id)
  expect(address).toMatch(/^\/courses\/jiafeng-jiaxun\/[a-z-]+$/)
  const lesson = await lessonBySlug('jiafeng-jiaxun', address.split('/').at(-1) ?? '')
  expect(lesson?.meta.title).toBe('门口的两瓶酒')
  expect(lesson?.questions.size).toBe(1)
  const [row] = await read.select().from(revision).where(eq(revision.draftId, id))
  expect(row).toMatchObject({ origin: 'studio', number: 1, author: person('wang').person.id })
  expect(row?.hash).toBe((await stored(id)).hash)
  const acts = (await read.select().from(audit).where(eq(audit.target, id))).map(({ act }) => act)
  expect(acts).toEqual([
    'draft-begun',
    'reading-passed',
    'reading-passed',
    'reading-passed',
    'draft-published',
  ])
})

test('nobody reads what he wrote, and nobody reads twice', async () => {
  const id = await readyLesson(person('wu'), '西乡的一课')
  await handIn(person('wu'), id, false)
  expect(await refused(pass('wu', id, 'reviewer'))).toContain('您写过')
})

test('a changed letter asks for all readings again', async () => {
  const id = await readyLesson(person('wang'), '改一个字')
  await handIn(person('wang'), id, false)
  await pass('zhao', id, 'reviewer')
  const { hash, source } = await stored(id)
  await save(person('li'), id, source.replace('两瓶酒就走了', '两瓶酒便走了'))
  const stale = giveReading(person('sun'), id, { reading: 'publisher', verdict: 'passed', text: null, hash })
  expect(await refused(stale)).toContain('改过了')
  expect((await reviewOf(person('sun'), id)).waiting).toEqual({ type: 'reading', reading: 'author' })
})

test('what is not ready is not handed in, and says what is missing', async () => {
  const id = await startDraft(person('wang'), { kind: 'story', title: '没写完' })
  expect(await refused(handIn(person('wang'), id, false))).toMatch(/还有\d+处要改/)
})

test('of two who save, the second gets the other text back and loses nothing', async () => {
  const id = await readyLesson(person('wang'), '两个人一起写')
  const { source, version } = await stored(id)
  const first = await save(person('wang'), id, source.replace('前一天', '前一晚'))
  expect(first).toMatchObject({ type: 'saved', version: version + 1 })
  const { saveDraft } = await import('#studio/draft/save.server.ts')
  const { ownerMark } = await import('#course/owner.server.ts')
  const mine = source.replace('请一位同事同去', '请两位同事同去')
  const second = await saveDraft(person('li'), {
    ...{ draft: id, owner: ownerMark(person('li').person.id), version },
    ...{ content: { type: 'source', source: mine }, items: (await stored(id)).itemsSource },
  })
  expect(second).toMatchObject({ type: 'stale', version: version + 1 })
  expect(second.source).toContain('前一晚')
  expect(second.type === 'stale' && second.mine).toContain('请两位同事同去')
  expect((await stored(id)).source).toContain('前一晚')
})

test('saving what did not change makes no new version', async () => {
  const id = await readyLesson(person('wang'), '没有改动')
  const before = await stored(id)
  await save(person('wang'), id, before.source)
  expect(await stored(id)).toEqual(before)
})

test('a trainer of another township does not know of a draft', async () => {
  const id = await readyLesson(person('qian'), '东乡的稿子')
  expect(await refused(draftFor(person('wu'), id))).toContain('没有找到')
  expect((await listDrafts(person('wu'))).map((one) => one.id)).not.toContain(id)
  expect((await listDrafts(person('wang'))).map((one) => one.id)).toContain(id)
})

test('a lesson of the county is changed by its trainers alone, in one draft for all of them', async () => {
  const id = await draftOf(person('wang'), 'lsn-sizhi')
  expect(await draftOf(person('li'), 'lsn-sizhi')).toBe(id)
  expect(await refused(draftOf(person('qian'), 'lsn-sizhi'))).toContain('不是那里的教员')
  const opened = await openDraft(person('wang'), { draft: id })
  expect(opened.problems).toEqual([])
  expect(opened.document).not.toBeNull()
})

test('a mended typo keeps the edition, a new one is declared, and the county may ask for fewer readings', async () => {
  await setReadings(person('sun'), { lesson: 1, story: 3, case: 3 })
  const id = await draftOf(person('wang'), 'lsn-sizhi')
  const { source } = await stored(id)
  await save(person('wang'), id, source.replace('东西一递一接', '东西一送一接'))
  await handIn(person('wang'), id, false)
  expect(headOf((await stored(id)).source)['edition']).toBe(1)
  await publishDraft(person('sun'), id)
  const [typo] = await read.select().from(revision).where(eq(revision.draftId, id))
  expect(typo).toMatchObject({ edition: 1, number: 2 })

  const again = await draftOf(person('wang'), 'lsn-sizhi')
  await save(person('wang'), again, (await stored(again)).source.replace('东西一送一接', '东西一递一接'))
  await handIn(person('wang'), again, true)
  expect(await refused(publishDraft(person('sun'), again))).toContain('三审还没有做完')
  await pass('zhao', again, 'reviewer')
  await publishDraft(person('sun'), again)
  const [edition] = await read.select().from(revision).where(eq(revision.draftId, again))
  expect(edition).toMatchObject({ edition: 2, number: 3 })
  await setReadings(person('sun'), { lesson: 3, story: 3, case: 3 })
})

test('what was published while a draft was written is not written over', async () => {
  await setReadings(person('sun'), { lesson: 1, story: 1, case: 1 })
  const id = await draftOf(person('wang'), 'lsn-siyi')
  const { source } = await stored(id)
  await save(person('wang'), id, source.replace('## ', '## 一起读：'))
  await handIn(person('wang'), id, false)
  const [row] = await read.select().from(document).where(eq(document.id, 'lsn-siyi'))
  const [other] = await read
    .select()
    .from(revision)
    .where(and(eq(revision.documentId, 'lsn-sizhi'), eq(revision.number, 1)))
  const { write } = await import('#db/database.server.ts')
  await write((tx) =>
    tx.update(document).set({ publishedRevisionId: other?.id }).where(eq(document.id, 'lsn-siyi')),
  )
  expect(await refused(publishDraft(person('sun'), id))).toContain('有了新的修订')
  const opened = await openDraft(person('wang'), { draft: id })
  expect(opened.ahead?.revisionId).toBe(other?.id)
  await write((tx) =>
    tx
      .update(document)
      .set({ publishedRevisionId: row?.publishedRevisionId })
      .where(eq(document.id, 'lsn-siyi')),
  )
  await setReadings(person('sun'), { lesson: 3, story: 3, case: 3 })
})

test('a remark names words that stand in the draft', async () => {
  const id = await readyLesson(person('wang'), '有人提意见')
  await remarkOn(person('zhao'), id, '退的时候请一位同事同去', '写明同事是谁。')
  expect(await refused(remarkOn(person('zhao'), id, '这句话不在', '？'))).toContain('没有这句话')
  expect((await reviewOf(person('wang'), id)).remarks).toHaveLength(1)
})

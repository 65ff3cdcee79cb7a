// Going back to an older revision: what readers see, what stays explainable, what the audit log says.
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askedBy, forgetAsked } from '#course/asked.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { itemsOf, lessonBySlug } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, revision, revisionItem } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { find } from '#search/find.server.ts'
import { fieldsOf, frontmatterOf } from '#studio/draft/frontmatter.ts'
import { lookAtDocument } from '#studio/withdraw/look-at-document.server.ts'
import { rollBack } from '#studio/withdraw/roll-back.server.ts'
import { restore, withdraw } from '#studio/withdraw/withdraw.server.ts'
import { itemsFile, lessonFile, LibraryFolder } from '../../course/library-folder.ts'
import { goodBody, goodItem, sourceOf } from '../../course/sample.ts'
import { freshDatabase } from '../../support/database.ts'
import { holding, linesAbout, named, publisher } from './publishers.ts'

const place = freshDatabase()
const folder = new LibraryFolder()
const id = 'lsn-sizhi'
const load = async () => {
  const report = await importLibrary({ contentDir: folder.path, dataDir: place.dataDir })
  forgetAsked()
  return report
}
const revisionsOf = () =>
  read.select().from(revision).where(eq(revision.documentId, id)).orderBy(revision.number)
const parted = (source = '') => [fieldsOf(frontmatterOf(source)), source.split('---\n').at(-1)] as const
const textNow = async () => JSON.stringify((await lessonBySlug('jiafeng', 'sizhi'))?.tree)

beforeAll(async () => {
  await load()
  // A second revision mends a word; the third is another edition with its question reworded.
  folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '途经昌邑')))
  await load()
  folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '到了昌邑'), { edition: '2' }))
  folder.write(itemsFile, JSON.stringify([{ ...goodItem, revision: 2, stem: '王密为什么挑夜里来？' }]))
  await load()
})
afterAll(() => folder.remove())

test('the old text and its question are published as a new revision of the present edition', async () => {
  const before = await revisionsOf()
  expect(before.map(({ number, edition }) => [number, edition])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
  ])
  await rollBack(publisher, id, 1, '第三次改错了地名')
  const after = await revisionsOf()
  // What was there is not touched.
  expect(after.slice(0, 3)).toEqual(before)
  expect(after[3]).toMatchObject({ number: 4, edition: 2, origin: 'studio', author: publisher.person.id })
  const [frontmatter, body] = parted(after[3]?.source)
  expect(frontmatter).toEqual({ ...parted(before[0]?.source)[0], edition: 2 })
  expect(body).toBe(`\n${goodBody}`)
  expect(after[3]?.meta).toMatchObject({ edition: 2 })

  expect(await textNow()).toContain('路过昌邑')
  const asked = await askedBy(id)
  expect(asked).toMatchObject({ edition: 2, revision: after[3]?.id })
  expect((await itemsOf(asked.revision)).get('itm-sizhi-1')).toMatchObject({
    revision: 1,
    stem: goodItem.stem,
  })
  expect(JSON.stringify(await find({ q: '路过' }))).toContain('/courses/jiafeng/sizhi')
})

test('what an answer was given to can still be read', async () => {
  const [, , third] = await revisionsOf()
  const rows = await read
    .select()
    .from(revisionItem)
    .where(eq(revisionItem.revisionId, third?.id ?? ''))
  expect(rows.map(({ itemRevision }) => itemRevision)).toEqual([2])
  expect((await itemsOf(third?.id ?? '')).get('itm-sizhi-1')).toMatchObject({ stem: '王密为什么挑夜里来？' })
})

test('a start after it keeps what the publisher chose, and files written from it are taken again', async () => {
  expect(await load()).toMatchObject({ kept: [lessonFile], conflicts: [], problems: [] })
  const current = (await revisionsOf()).at(-1)
  folder.write(lessonFile, current?.source ?? '')
  folder.write(itemsFile, current?.itemsSource ?? '')
  expect(await load()).toMatchObject({ kept: [], conflicts: [], problems: [], published: [] })
  expect(await revisionsOf()).toHaveLength(4)
})

test('going back to what readers see already says so, and to what never was too', async () => {
  const same = { kind: 'already-done', message: '现在用的和第4次修订一个字不差，没有改动。' }
  await expect(rollBack(publisher, id, 4, '再退回一次')).rejects.toMatchObject(same)
  await expect(rollBack(publisher, id, 1, '再退回一次')).rejects.toMatchObject({ kind: 'already-done' })
  await expect(rollBack(publisher, id, 9, '再退回一次')).rejects.toMatchObject({
    kind: 'not-found',
    message: '没有第9次修订。',
  })
  expect(await revisionsOf()).toHaveLength(4)
})

test('a withdrawn lesson can be set right before it is shown again, and all three acts say who and why', async () => {
  const mei = await named(publisher, '梅')
  await withdraw(mei, id, '地名写错了')
  await rollBack(mei, id, 2, '第二次修订的地名是对的')
  await expect(lessonBySlug('jiafeng', 'sizhi')).rejects.toMatchObject({
    message: '这一课已撤展：地名写错了。',
  })
  expect(JSON.stringify(await find({ q: '途经昌邑' }))).not.toContain('/courses/jiafeng/sizhi')
  await restore(mei, id, '地名已经改对')
  expect(await textNow()).toContain('途经昌邑')
  const by = mei.person.id
  expect((await linesAbout(id)).slice(-3)).toEqual([
    { by, act: 'document-withdrawn', detail: { reason: '地名写错了' } },
    { by, act: 'document-rolled-back', detail: { reason: '第二次修订的地名是对的', from: 4, to: 2 } },
    { by, act: 'document-restored', detail: { reason: '地名已经改对' } },
  ])
  const looked = await lookAtDocument(mei, id, 1)
  expect(looked?.acts.slice(0, 3).map(({ act, who, reason }) => [act, who, reason])).toEqual([
    ['document-restored', '梅', '地名已经改对'],
    ['document-rolled-back', '梅', '第二次修订的地名是对的'],
    ['document-withdrawn', '梅', '地名写错了'],
  ])
  expect(looked?.versions.list.map(({ number, author, shown }) => [number, author, shown])).toEqual([
    [5, '梅', true],
    [4, null, false],
    [3, null, false],
    [2, null, false],
    [1, null, false],
  ])
})

test('only a publisher over the unit of a document goes back in it', async () => {
  const county = {
    id: 'county',
    path: '/county/',
    name: '县',
    kind: 'county' as const,
    createdAt: '2026-01-01',
  }
  const town = { ...county, id: 'town', path: '/county/town/', parentId: 'county', kind: 'township' as const }
  const other = holding('publisher', '/county/other/')
  const own = holding('publisher', '/county/town/')
  await expect(rollBack(own, id, 1, '第一次修订更好')).rejects.toMatchObject({ kind: 'not-yours' })
  await write(async (tx) => {
    await tx.insert(unit).values([county, town])
    await tx.update(document).set({ unitId: 'town' }).where(eq(document.id, id))
  })
  const refused = { kind: 'not-yours', message: '这份内容由写它的单位的发布人撤展和展出，没有改动。' }
  await expect(rollBack(other, id, 1, '第一次修订更好')).rejects.toMatchObject(refused)
  await rollBack(own, id, 1, '第一次修订更好')
  await rollBack(publisher, id, 2, '还是第二次的对')
  expect(await textNow()).toContain('途经昌邑')
})

// A draft stays within its document: nobody reaches another unit's, another lesson's or another document's by what he sends.
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { ownerMark } from '#course/owner.server.ts'
import { read } from '#db/database.server.ts'
import { document, item, revision, revisionItem } from '#db/schema/library.ts'
import { draft } from '#db/schema/studio.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { draftOf, startDraft } from '#studio/draft/begin.server.ts'
import { dropDraft } from '#studio/draft/drop.server.ts'
import { withMeta } from '#studio/draft/frontmatter.ts'
import { previewOf } from '#studio/draft/preview.server.ts'
import { addFile, lookAtDraft, openDraft, saveDraft } from '#studio/draft/save.server.ts'
import { closeJudge, compareStates } from '#studio/judge/judge.server.ts'
import { publishDraft, scheduleDraft } from '#studio/publish/publish-draft.server.ts'
import { giveReading, handIn, remarkOn } from '#studio/reading/read-draft.server.ts'
import { reviewOf } from '#studio/reading/review.server.ts'
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
const readAll = async (id: string, by = 'wang') => {
  await handIn(person(by), id, false)
  await pass('zhao', id, 'reviewer')
  await pass('sun', id, 'publisher')
}
const sent = async (by: Session, id: string, more: object) => {
  const { source, itemsSource: items, version } = await stored(id)
  const content = { type: 'source', source }
  return saveDraft(by, { draft: id, owner: ownerMark(by.person.id), version, content, items, ...more })
}

test('whoever is of another township gets at nothing of a draft, by any door', async () => {
  const id = await readyLesson(person('qian'), '东乡自己的')
  const before = await stored(id)
  const wu = person('wu')
  const body = { draft: id }
  for (const work of [
    () => openDraft(wu, body),
    () => lookAtDraft(wu, body),
    () => sent(wu, id, { items: null }),
    () => addFile(wu, id, 'tu.webp', `${'0'.repeat(64)}.webp`),
    () => previewOf(wu, id),
    () => reviewOf(wu, id),
    () => remarkOn(wu, id, '', '？'),
    () => handIn(wu, id, false),
    () => pass('wu', id, 'reviewer'),
    () => publishDraft(wu, id),
    () => scheduleDraft(wu, id, null),
    () => dropDraft(wu, id),
  ])
    expect(await refused(work())).toContain('没有找到')
  expect(await stored(id)).toEqual(before)
})

test('a draft that is named after another document is not handed in', async () => {
  const id = await readyLesson(person('wang'), '冒名的一课')
  await save(person('wang'), id, withMeta((await stored(id)).source, { id: 'lsn-sizhi' }))
  const { problems } = await openDraft(person('wang'), { draft: id })
  expect(problems).toMatchObject([{ line: 2, message: expect.stringContaining('lsn-sizhi') }])
  expect(await refused(handIn(person('wang'), id, false))).toContain('编号')
})

test('what was merged in is a revision of the very document, or nothing', async () => {
  const id = await draftOf(person('wang'), 'lsn-siyi')
  const [other] = await read.select().from(revision).where(eq(revision.documentId, 'lsn-sizhi'))
  const before = await stored(id)
  expect(await refused(sent(person('wang'), id, { mergedIn: other?.id }))).toContain('修订')
  expect(await refused(sent(person('wang'), id, { mergedIn: 'no-such-revision' }))).toContain('修订')
  expect(await stored(id)).toEqual(before)
  const fresh = await readyLesson(person('wang'), '没有来处')
  expect(await refused(sent(person('wang'), fresh, { mergedIn: other?.id }))).toContain('修订')
})

test('a story has no checks, so none are stored with it', async () => {
  const id = await startDraft(person('wang'), { kind: 'story', title: '带题的故事' })
  expect(await refused(sent(person('wang'), id, { items: '[]' }))).toContain('检查题')
  expect((await stored(id)).itemsSource).toBeNull()
})

test('no spelling of its id brings the check of another lesson into this one', async () => {
  const [foreign] = await read.select().from(item).where(eq(item.lessonId, 'lsn-sizhi'))
  const theirs = foreign?.id ?? ''
  const id = await readyLesson(person('wang'), '借来的题')
  const { source, itemsSource, documentId } = await stored(id)
  const own = `itm-${documentId.slice(4)}-1`
  const escaped = `"\\x69${theirs.slice(1)}"`
  await save(person('wang'), id, source.replaceAll(own, theirs), itemsSource?.replace(own, escaped) ?? null)
  await readAll(id).catch(() => undefined)
  expect(await refused(publishDraft(person('sun'), id))).toBeTruthy()
  const rows = await read.select().from(revisionItem).where(eq(revisionItem.itemId, theirs))
  const homes = await read.select({ home: revision.documentId, id: revision.id }).from(revision)
  expect(new Set(rows.map((row) => homes.find((one) => one.id === row.revisionId)?.home))).toEqual(
    new Set(['lsn-sizhi']),
  )
})

test('a new document never gets an address that is another page', async () => {
  for (const [kind, title] of [
    ['lesson', 'Test'],
    ['case', 'Find'],
  ] as const) {
    const id = await startDraft(person('wang'), { kind, title, course: 'crs-jiafeng' })
    expect((await stored(id)).documentId).not.toMatch(/^(lsn-test|cas-find)$/)
  }
})

test('of several that begin a draft of one document at once, all get the same', async () => {
  const ids = await Promise.all(['wang', 'li', 'wang'].map((who) => draftOf(person(who), 'lsn-sizhi')))
  expect(new Set(ids).size).toBe(1)
  const rows = await read.select().from(draft).where(eq(draft.documentId, 'lsn-sizhi'))
  expect(rows).toHaveLength(1)
})

test('pressing twice at once does each step once', async () => {
  const id = await readyLesson(person('wang'), '按了两下')
  const both = async (work: () => Promise<unknown>) => {
    const done = await Promise.allSettled([work(), work()])
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal)
    return done.filter(({ status }) => status === 'fulfilled').length
  }
  expect(await both(() => handIn(person('wang'), id, false))).toBe(1)
  expect(await both(() => pass('zhao', id, 'reviewer'))).toBe(1)
  expect(await both(() => pass('sun', id, 'publisher'))).toBe(1)
  expect(await both(() => publishDraft(person('sun'), id))).toBe(1)
  const rows = await read.select().from(revision).where(eq(revision.draftId, id))
  expect(rows).toHaveLength(1)
  const { documentId } = await stored(id)
  expect(await read.select().from(document).where(eq(document.id, documentId))).toHaveLength(1)
})

test('a file that came after the signatures and is not used is put aside, and the signatures hold', async () => {
  const id = await readyLesson(person('wang'), '后来传了图')
  await readAll(id)
  await addFile(person('wang'), id, 'tu.webp', `${'0'.repeat(64)}.webp`)
  expect(await refused(publishDraft(person('sun'), id))).toContain('三审还没有做完')
  await handIn(person('wang'), id, false)
  expect((await stored(id)).files).toEqual({})
  await publishDraft(person('sun'), id)
})

test('only who publishes for the unit takes a planned time back', async () => {
  const id = await readyLesson(person('wang'), '有人取消定时')
  await readAll(id)
  const at = new Date(Date.now() + 3_600_000).toISOString()
  await scheduleDraft(person('sun'), id, at)
  expect(await refused(scheduleDraft(person('zhao'), id, null))).toContain('发布人')
  expect(await refused(scheduleDraft(person('wang'), id, null))).toContain('发布人')
  expect((await stored(id)).publishAt).toBe(at)
  await scheduleDraft(person('sun'), id, null)
  expect((await stored(id)).publishAt).toBeNull()
})

test('the checks of two lessons that are published at once never share an id', async () => {
  const shared = `itm-shared-${Date.now().toString(36)}`
  const ids = []
  for (const title of ['同号之一', '同号之二']) {
    const id = await readyLesson(person('wang'), title)
    const { source, documentId, itemsSource } = await stored(id)
    const own = `itm-${documentId.slice(4)}-1`
    await save(
      person('wang'),
      id,
      source.replaceAll(own, shared),
      itemsSource?.replaceAll(own, shared) ?? null,
    )
    await readAll(id)
    ids.push(id)
  }
  const done = await Promise.allSettled(ids.map((id) => publishDraft(person('sun'), id)))
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  for (const one of done) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal)
})

test('an edition that is written by hand counts for nothing', async () => {
  const id = await readyLesson(person('wang'), '自己写版次')
  await save(person('wang'), id, withMeta((await stored(id)).source, { edition: 9 }))
  await handIn(person('wang'), id, false)
  expect(headOf((await stored(id)).source)['edition']).toBe(1)
})

test('a draft that takes long to compare is still read, and holds up nobody', async () => {
  const wang = person('wang')
  const id = await readyLesson(wang, '一千多节')
  const sections = (from: number) =>
    Array.from({ length: 1400 }, (_, n) => `## 第${from + n}节\n字${(from + n) * 7919}的${n}`).join('\n')
  await save(wang, id, (await stored(id)).source.replace(/(?<=\n---\n)[\s\S]*/, `\n${sections(0)}\n`))
  const before = await draftOf(wang, 'lsn-siyi')
  await save(wang, before, (await stored(before)).source.replace(/(?<=\n---\n)[\s\S]*/, '\n'.repeat(200_000)))
  let turns = 0
  const timer = setInterval(() => turns++, 20)
  for (const each of [id, before]) expect((await reviewOf(wang, each)).words.length).toBeGreaterThan(0)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(0)
  const tooLong = await reviewWith(sections(0), sections(5000))
  expect(tooLong).toContain('太复杂')
})

/** What the thread says to two such texts. */
async function reviewWith(before: string, after: string) {
  const state = (body: string) => ({ source: `---\nid: a\n---\n\n${body}`, itemsSource: null, files: {} })
  return refused(compareStates(state(before), state(after)))
}

test('whatever is sent to the studio is taken or refused in words', async () => {
  const wang = person('wang')
  const id = await readyLesson(wang, '乱七八糟')
  const { version } = await stored(id)
  const deep = { type: 'doc', content: [] as unknown[] }
  for (let n = 0, at = deep; n < 5000; n++) {
    const next = { type: 'blockquote', content: [] as unknown[] }
    at.content.push(next)
    at = next
  }
  const base = { draft: id, owner: ownerMark(wang.person.id), version, items: null }
  const odd: unknown[] = [
    ...[null, 1, 'x', [], {}, { draft: 1 }, { draft: ['x'] }, { draft: 'x'.repeat(65) }, { draft: '\0' }],
    ...[{ ...base }, { ...base, content: null }, { ...base, content: { type: 'document' } }],
    { ...base, content: { type: 'document', frontmatter: null, doc: deep } },
    { ...base, content: { type: 'document', frontmatter: '\0', doc: null } },
    { ...base, content: { type: 'document', frontmatter: 'a: &a [*a]', doc: { type: 'doc', content: 3 } } },
    { ...base, content: { type: 'source', source: 'x'.repeat(700_000) } },
    { ...base, content: { type: 'source', source: '字'.repeat(200_000) } },
    { ...base, owner: 'someone', content: { type: 'source', source: '' } },
    { ...base, version: 1e300, content: { type: 'source', source: '' } },
    { ...base, version: -1, content: { type: 'source', source: '' } },
  ]
  for (const body of odd)
    for (const step of [openDraft, lookAtDraft, saveDraft]) {
      const error = await step(wang, body).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      if (error !== null) expect(error).toBeInstanceOf(Refusal)
    }
  for (const source of ['', '\ud800', '---\n: : :\n---\n', '---\nid: [\n---\n', '\0', '{'.repeat(3000)])
    await save(wang, id, source, '- id: [')
  expect(stringify(await openDraft(wang, { draft: id }))).toContain('problems')
  await reviewOf(wang, id)
})

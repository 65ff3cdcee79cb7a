// A story with a picture and a voice, and a practice case: written in the studio, read by three, shown to readers, and
// carried to files and back without a changed byte.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseSections } from '#course/case.ts'
import { exportLibrary } from '#course/export-library.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { readNoted } from '#course/noted.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, media, revision, revisionItem } from '#db/schema/library.ts'
import { settings, useSettings } from '#env.ts'
import { startDraft } from '#studio/draft/begin.server.ts'
import { withMeta } from '#studio/draft/frontmatter.ts'
import { takeIntoDraft } from '#studio/files/take-into-draft.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { publishDraft } from '#studio/publish/publish-draft.server.ts'
import { giveReading, handIn } from '#studio/reading/read-draft.server.ts'
import { mp3 } from '../files/made-files.ts'
import { newsroom, person, save, stored } from '../newsroom.ts'

const place = newsroom()
const folder = mkdtempSync(join(tmpdir(), 'lianxue-'))
beforeAll(() => void useSettings({ ...settings, dataDir: place.dataDir }))
afterAll(async () => {
  await closeJudge()
  rmSync(folder, { recursive: true })
})

const common = { indicators: ['conflict-of-interest'], sources: [{ work: '《后汉书》' }] }

async function publish(id: string): Promise<string> {
  await handIn(person('wang'), id, false)
  for (const [who, reading] of [
    ['zhao', 'reviewer'],
    ['sun', 'publisher'],
  ] as const)
    await giveReading(person(who), id, {
      ...{ reading, verdict: 'passed', text: null, hash: (await stored(id)).hash },
    })
  return publishDraft(person('sun'), id)
}

async function publishedAt(address: string) {
  const [row] = await read
    .select({ id: document.id, kind: document.kind, revision })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(eq(document.slug, address.slice(1)))
  if (!row) throw new Error(`Nothing is at ${address}.`)
  return row
}

const send = async (id: string, name: string, bytes: Buffer) =>
  (await takeIntoDraft(person('wang'), id, { name, stream: one(bytes) })).name
async function* one(bytes: Buffer) {
  yield bytes
}

test('a story is shown with its picture, its question and the voice that reads it', async () => {
  const id = await startDraft(person('wang'), { kind: 'story', title: '井台边的账本' })
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#9ab' } })
    .jpeg()
    .toBuffer()
  const picture = await send(id, '井台.jpg', photo)
  const voice = await send(id, '朗读.mp3', mp3(200))
  const head = {
    ...{ ...common, summary: '一本账，几十年没有差过。', hall: '家风', season: '冬' },
    ...{ question: '你家有没有一本老账？', recording: { src: voice, marks: [0, 1.5] } },
  }
  const body = `井台边挂着一本账。\n\n![一口石头井](${picture})\n\n后来井不用了。\n`
  await save(person('wang'), id, withMeta((await stored(id)).source, head) + body)
  const { kind, revision: shown } = await publishedAt(await publish(id))
  expect(kind).toBe('story')
  expect(shown.meta).toMatchObject(head)
  expect(Object.keys(shown.files).sort()).toEqual([picture, voice].sort())
  expect(JSON.stringify(shown.tree)).toContain(`/media/${shown.files[picture]}`)
})

test('a case is shown with all by which it is found', async () => {
  const id = await startDraft(person('wang'), { kind: 'case', title: '一把公用钥匙' })
  const head = {
    ...{ ...common, summary: '钥匙乱放，用本子登记。', topics: ['村务公开'], settings: ['村'] },
    ...{ needs: ['固定场地'], lesson: 'lsn-sizhi' },
    spoken: Array.from({ length: 8 }, (_, i) => `钥匙又找不到了，第${i + 1}回`),
  }
  const body = caseSections.map((title) => `## ${title}\n\n写在本子上。\n`).join('\n')
  const [front = ''] = /^---\n[\s\S]*?\n---\n/.exec((await stored(id)).source) ?? []
  await save(person('wang'), id, `${withMeta(front, head)}\n${body}`)
  const { kind, revision: shown } = await publishedAt(await publish(id))
  expect(kind).toBe('case')
  expect(shown.meta).toMatchObject(head)
})

test('both go to files and into an empty site without a changed byte', async () => {
  const before = await Promise.all(['sto', 'cas'].map(madeHere))
  const { dataDir } = place
  await exportLibrary({ dir: folder, dataDir, overwrite: false })
  for (const { slug, revision: shown } of before) {
    expect(readFileSync(join(folder, slug, 'index.mdx'), 'utf8')).toBe(shown.source)
    for (const [name, file] of Object.entries(shown.files))
      expect(readFileSync(join(folder, slug, name))).toEqual(readFileSync(join(dataDir, 'media', file)))
  }
  await write(async (tx) => {
    for (const table of [revisionItem, media, revision, document]) await tx.delete(table)
  })
  const { problems } = await importLibrary({ contentDir: folder, dataDir, apart: await readNoted(folder) })
  expect(problems).toEqual([])
  for (const { slug, revision: shown } of before) {
    const { source, hash, meta, files, tree } = (await publishedAt(`/${slug}`)).revision
    expect({ source, hash, meta, files, tree }).toEqual({
      ...{ source: shown.source, hash: shown.hash, meta: shown.meta },
      ...{ files: shown.files, tree: shown.tree },
    })
  }
})

/** What was published above, by the beginning of its id. */
async function madeHere(prefix: string) {
  const rows = await read
    .select({ id: document.id, slug: document.slug, revision })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(eq(revision.origin, 'studio'))
  const found = rows.find(({ id }) => id.startsWith(prefix))
  if (!found) throw new Error(`No ${prefix} was published.`)
  return found
}

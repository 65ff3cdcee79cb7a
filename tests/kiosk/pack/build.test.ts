// What is in a pack, and what must never be.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { availableItems, forgetBank } from '#assessment/bank/bank.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { write } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { document, item } from '#db/schema/library.ts'
import { buildPack } from '#kiosk/pack/build.server.ts'
import { Contents } from '#kiosk/pack/contents.ts'
import { Manifest } from '#kiosk/pack/manifest.ts'
import { assemble, type Outline, type StoryPart } from '#kiosk/pack/parts.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import { fileOfEntry, type Kept } from '#kiosk/pack/store.server.ts'
import { Item } from '#quiz/question.ts'
import { eq } from 'drizzle-orm'
import { readRules } from '#process/rules-at-start.server.ts'
import { contentDir } from '../../record/published-rules.ts'
import { freshDatabase } from '../../support/database.ts'
import { plainPages } from './plain-pages.ts'

const playlist: Playlist = {
  ...{ id: 'county', title: '平日', lessons: ['lsn-sizhi', 'lsn-jian', 'lsn-tuijin'] },
  stories: ['sto-hepu', 'sto-juan'],
  slots: [{ from: '06:00', to: '22:00', shows: [{ is: 'story' }, { is: 'quotation', of: 'lsn-sizhi' }] }],
}
const place = freshDatabase()
let content = ''

beforeAll(async () => {
  content = mkdtempSync(join(tmpdir(), 'lianxue-content-'))
  cpSync(contentDir, content, { recursive: true })
  await bringIn()
  const indicators = new Set(
    readRules(contentDir).model.dimensions.flatMap((one) => one.indicators.map(({ id }) => id)),
  )
  await importBank(content, indicators)
})
afterAll(() => rmSync(content, { recursive: true }))

const bringIn = () => importLibrary({ contentDir: content, dataDir: place.dataDir })
const openItems = async () => (await availableItems({ secure: false })).map((one) => one.item)
const build = (most?: number, chosen = playlist) =>
  buildPack(chosen, { dataDir: place.dataDir, pages: plainPages, openItems, ...(most && { most }) })
const entriesOf = (kept: Kept) => Manifest.parse(JSON.parse(kept.manifest)).entries
const changed = (from: Kept, to: Kept) => {
  const before = new Set(entriesOf(from).map(({ hash }) => hash))
  return entriesOf(to).filter(({ hash }) => !before.has(hash))
}

async function bodyAt(kept: Kept, path: string): Promise<string> {
  const entry = entriesOf(kept).find((one) => one.path === path)
  if (!entry) throw new Error(`The pack has no ${path}.`)
  return readFile(fileOfEntry(place.dataDir, entry.hash), 'utf8')
}

async function contentsOf(kept: Kept): Promise<Contents> {
  const json = async (path: string) => JSON.parse(await bodyAt(kept, `/kiosk/pack/${path}.json`)) as unknown
  const outline = (await json('outline')) as Outline
  const parts = new Map<string, StoryPart>()
  for (const id of [...outline.stories, ...outline.lessons])
    parts.set(id, (await json(`part/${id}`)) as StoryPart)
  return Contents.parse(assemble(outline, (await json('game')) as Item[], (id) => parts.get(id) as StoryPart))
}

/** Everything in it that is text. */
async function allTextOf(kept: Kept): Promise<string> {
  const texts = entriesOf(kept).filter(({ type }) => /text|json|svg/.test(type) && !type.includes('svg'))
  return (await Promise.all(texts.map(({ path }) => bodyAt(kept, path)))).join('\n')
}

describe('a pack holds', () => {
  test('the stories and lessons of its playlist, in its order, with their texts, pictures and checks', async () => {
    const kept = await build()
    const contents = await contentsOf(kept)
    expect(contents.stories.map(({ id }) => id)).toEqual(playlist.stories)
    expect(contents.lessons.map(({ id }) => id)).toEqual(playlist.lessons)
    const paths = new Set(entriesOf(kept).map(({ path }) => path))
    for (const { text, pinyin } of [...contents.stories, ...contents.lessons])
      expect([paths.has(text), paths.has(pinyin)]).toEqual([true, true])
    for (const { picture } of contents.stories) expect(paths.has(picture ?? '')).toBe(true)
    const [lesson] = contents.lessons
    expect(lesson?.items.length).toBeGreaterThan(2)
    const text = await bodyAt(kept, lesson?.text ?? '')
    for (const id of lesson?.items ?? []) {
      expect(contents.items[id]?.id).toBe(id)
      expect(text).toContain(`data-item="${id}"`)
    }
  })

  test('quotations with their source, in their turn', async () => {
    const { quotations, slots } = await contentsOf(await build())
    const shown = (slots[0]?.shows ?? []).flatMap((show) =>
      show.is === 'quotation' ? [quotations[show.index]] : [],
    )
    expect(shown.length).toBeGreaterThan(1)
    expect(new Set(shown.map((one) => one?.of))).toEqual(new Set(['lsn-sizhi']))
    expect(shown[0]).toMatchObject({ source: '《后汉书·杨震列传》', attribution: 'certain' })
  })

  test('the page of the screen with its policy, what it loads later, and the styles of texts; nothing else of the build', async () => {
    const kept = await build()
    const entries = entriesOf(kept)
    expect(entries.find(({ path }) => path === '/kiosk')?.policy).toBe("default-src 'none'")
    expect(entries.map(({ path }) => path).filter((path) => path.startsWith('/_astro/'))).toEqual([
      '/_astro/Kiosk.css',
      '/_astro/Kiosk.js',
      '/_astro/Loop.js',
    ])
    expect(await bodyAt(kept, '/kiosk/pack/text.css')).toBe('h2{color:blue}')
  })

  test('the sounds above every Chinese character of a text, as they sound beside their neighbours', async () => {
    const text = await bodyAt(await build(), '/kiosk/pack/pinyin/lsn-sizhi.html')
    expect(text).toContain('<ruby>后<rt>hòu</rt>汉<rt>hàn</rt>书<rt>shū</rt></ruby>')
    expect(text.replace(/<rt>[^<]*<\/rt>|<\/?ruby>/g, '')).toBe(
      await bodyAt(await build(), '/kiosk/pack/text/lsn-sizhi.html'),
    )
  })
})

describe('the version of a pack', () => {
  test('is the same for the same content, whenever it is built', async () => {
    const [one, other] = [await build(), await build()]
    expect(other.description.version).toBe(one.description.version)
    expect(one.description.version).toMatch(/^county\.[0-9a-f]{32}$/)
  })

  test('changes with a lesson, and then only what is of this lesson is new', async () => {
    const before = await build()
    const file = join(content, 'courses/01-jiafeng-jiaxun/01-sizhi/index.mdx')
    const source = readFileSync(file, 'utf8')
    writeFileSync(file, source.replace('天黑了，门关着', '天刚黑，门关着'))
    await bringIn()
    const after = await build()
    expect(after.description.version).not.toBe(before.description.version)
    const paths = changed(before, after).map(({ path }) => path)
    expect(paths.filter((path) => !path.startsWith('/kiosk/pack/search/'))).toEqual([
      '/kiosk/pack/part/lsn-sizhi.json',
      '/kiosk/pack/text/lsn-sizhi.html',
      '/kiosk/pack/pinyin/lsn-sizhi.html',
    ])
  })
})

describe('never in a pack', () => {
  test('items of the secure bank, drafts, tests of courses', async () => {
    const [open] = await openItems()
    if (!open) throw new Error('The bank is empty.')
    const plant = async (id: string, stem: string, secure: boolean, status: 'draft' | 'active') => {
      const body = Item.parse({ ...open, id, stem })
      const { kind, indicator, difficulty, revision } = body
      const createdAt = '2026-11-27T00:00:00.000Z'
      await write(async (tx) => {
        await tx.insert(item).values({ id, revision, hash: id, indicator, body, createdAt })
        await tx
          .insert(bankItem)
          .values({ id, revision, kind, indicator, difficulty, secure, status, author: 'x', createdAt })
      })
    }
    await plant('itm-planted-open', '谁都可以练的题', false, 'active')
    await plant('itm-planted-secure', '保密的题，只给有监考的测评', true, 'active')
    await plant('itm-planted-draft', '还没有人审过的题', false, 'draft')
    forgetBank()
    const kept = await build(undefined, { ...playlist, stories: 'all', lessons: 'all' })
    const text = await allTextOf(kept)
    expect(text).toContain('谁都可以练的题')
    expect(text).not.toContain('保密的题')
    expect(text).not.toContain('还没有人审过')
    const tests = readFileSync(join(content, 'courses/01-jiafeng-jiaxun/test.yaml'), 'utf8')
    const asked = [...tests.matchAll(/id: (itm-jiafeng-test-\d+)/g)].map(([, id]) => id ?? '')
    expect(asked.length).toBeGreaterThan(5)
    for (const id of asked) expect(text).not.toContain(id)
  })

  test('questions for the game that one cannot answer by tapping', async () => {
    const { game, items } = await contentsOf(await build())
    expect(game.length).toBeGreaterThan(20)
    expect(new Set(game.map((id) => items[id]?.kind))).toEqual(new Set(['single', 'multiple', 'true-false']))
  })

  test('what was withdrawn', async () => {
    await write((tx) =>
      tx.update(document).set({ withdrawnAt: '2026-11-27' }).where(eq(document.id, 'sto-juan')),
    )
    const contents = await contentsOf(await build())
    expect(JSON.stringify(contents)).not.toContain('sto-juan')
    await write((tx) => tx.update(document).set({ withdrawnAt: null }).where(eq(document.id, 'sto-juan')))
  })
})

test('what does not fit is left out and named: pictures before texts, and the screen shows no gap', async () => {
  const whole = await build()
  const { bytes } = whole.description
  const less = await build(bytes - 1)
  expect(less.description.bytes).toBeLessThan(bytes)
  expect(less.description.leftOut).toHaveLength(1)
  expect(less.description.leftOut[0]).toMatch(/^《.+》的图片（\d+ KB）放不下，没有带上。$/)
  const few = await build(Math.round(bytes * 0.85))
  expect(few.description.bytes).toBeLessThanOrEqual(bytes * 0.85)
  const contents = await contentsOf(few)
  expect(contents.lessons.length).toBeLessThan(3)
  expect(contents.stories.map(({ picture }) => picture)).toEqual([null, null])
  expect(await allTextOf(few)).not.toContain('src="/media/')
  await expect(build(100)).rejects.toThrow('Not even the program fits')
})

test('a picture whose file is gone leaves no hole either, and is named', async () => {
  const kept = await build()
  const [medium] = entriesOf(kept).filter(({ path }) => path.startsWith('/media/'))
  rmSync(join(place.dataDir, medium?.path ?? ''))
  const without = await build()
  expect(without.description.leftOut).toEqual([`文件 ${medium?.path} 不在了，屏幕上它的位置会空着。`])
  expect(await allTextOf(without)).not.toContain(medium?.path)
})

// `npm run content:export` and `content:import` as they are typed, beside the running process and without it.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { settings, useSettings } from '#env.ts'
import { contentCommands } from '#process/content.server.ts'
import { findPage, invalidateTags, renderPage } from '#process/front-cache.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { useModel } from '#record/capability/model.server.ts'

// Each command starts a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const around = mkdtempSync(join(tmpdir(), 'lianxue-content-command-'))
const dataDir = join(around, 'data')
const dir = join(around, 'library')
const story = 'stories/hepu/index.mdx'

beforeAll(async () => {
  useSettings({ ...settings, dataDir })
  const { model, posts } = readRules(contentDir)
  useModel(model, posts)
  onLibraryChange(invalidateTags)
  await openDatabase(dataDir, contentCommands)
  await importLibrary({ contentDir, dataDir })
})
afterAll(async () => {
  await closeDatabase()
  rmSync(around, { recursive: true, force: true })
})

/** Runs `npm run content:<command> -- …` and resolves with its exit code and all that it printed. */
function run(command: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    ORIGIN: 'http://localhost:4321',
    SECRET: 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E',
  }
  const file = join(import.meta.dirname, `../../src/commands/content-${command}.ts`)
  const child = spawn(process.execPath, [file, ...args], { env })
  return new Promise((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('close', (code) => resolve({ code, said }))
  })
}

const change = (from: string | RegExp, to: string) =>
  writeFileSync(join(dir, story), readFileSync(join(dir, story), 'utf8').replace(from, to))

/** What readers see of the story. */
async function shown(): Promise<string> {
  const [row] = await read
    .select({ source: revision.source })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(eq(document.file, story))
  return row?.source ?? ''
}

/** Keeps a page as the front door does. */
async function keepPage() {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cdn-cache-control': 'max-age=60',
    'cache-tag': 'library',
  }
  await renderPage('/stories standard', () =>
    Promise.resolve({ status: 200, headers, body: Buffer.from('old') }),
  )
}

test('an unknown option prints the usage and fails', async () => {
  expect(await run('export', '--out', dir)).toEqual({
    code: 1,
    said: expect.stringContaining('用法') as string,
  })
  expect(await run('import', '--to', dir)).toEqual({
    code: 1,
    said: expect.stringContaining('用法') as string,
  })
})

test('beside the running process, a change in the folder is what readers see at once', async () => {
  const out = await run('export', '--to', dir)
  expect(out.said).toContain('完成')
  expect(out.code).toBe(0)
  expect(readFileSync(join(dir, story))).toEqual(readFileSync(join(contentDir, story)))
  change(/^title: (.*)$/m, 'title: 改过的题目')
  await keepPage()
  expect(findPage('/stories standard')).not.toBeNull()
  const back = await run('import', '--from', dir)
  expect(back.said).toContain(`展出了：\n  ${story}\n`)
  expect(back.code).toBe(0)
  expect(await shown()).toContain('title: 改过的题目')
  expect(findPage('/stories standard')).toBeNull()
})

test('what the installation holds itself does not undo it, and says so', async () => {
  const own = await run('import')
  expect(own.said).toContain(`仍用站上的：\n  ${story}\n`)
  expect(own.code).toBe(0)
  expect(await shown()).toContain('title: 改过的题目')
})

test('a bad file is refused with its line, column and mend, and the command fails', async () => {
  const good = readFileSync(join(dir, story), 'utf8')
  writeFileSync(join(dir, story), `${good}\nimport x from 'node:fs'\n`)
  const back = await run('import', '--from', dir)
  expect(back.code).toBe(1)
  expect(back.said).toMatch(new RegExp(`${story} 第\\d+行第\\d+列：.+。.+。`))
  expect(await shown()).toBe(good)
  const out = await run('export', '--to', dir)
  expect(out.code).toBe(1)
  expect(out.said).toContain('--overwrite')
  expect((await run('export', '--to', dir, '--overwrite')).code).toBe(0)
  expect(readFileSync(join(dir, story), 'utf8')).toBe(good)
})

test('a folder that is missing or holds no library is named', async () => {
  const missing = await run('import', '--from', join(around, 'nowhere'))
  expect(missing).toMatchObject({
    code: 1,
    said: expect.stringContaining('nowhere。\n核对它的位置') as string,
  })
  const empty = await run('import', '--from', mkdtempSync(join(around, 'empty-')))
  expect(empty).toMatchObject({ code: 1, said: expect.stringContaining('没有可导入的内容') as string })
})

test('without a running process both take the database themselves', async () => {
  await closeDatabase()
  expect((await run('export', '--to', dir)).said).toContain('写了0个文件')
  change('改过的题目', '再改的题目')
  const back = await run('import', '--from', dir)
  expect(back.said).toContain(`展出了：\n  ${story}\n`)
  expect(back.code).toBe(0)
  await openDatabase(dataDir, contentCommands)
  expect(await shown()).toContain('title: 再改的题目')
})

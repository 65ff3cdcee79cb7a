import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFolder } from '#export/folder.server.ts'

let dir = ''
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'lianxue-export-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const about = { on: '2026-11-26', from: 'http://localhost:4321' }
const textOf = (path: string) => readFileSync(join(dir, path), 'utf8')
const manifest = () => JSON.parse(textOf('manifest.json')) as { files: Record<string, string> }

async function exported(files: Record<string, string>) {
  const folder = await openFolder(dir)
  for (const [path, content] of Object.entries(files)) await folder.write(path, content)
  return folder.finish(about).finally(() => folder.close())
}

test('the manifest names every file with its hash, so that a copy can be checked', async () => {
  expect(await exported({ 'index.html': '首页', 'stories/a/index.html': '故事' })).toBe(2)
  expect(manifest()).toMatchObject({ madeBy: 'lianxue export', ...about })
  for (const [path, hash] of Object.entries(manifest().files))
    expect(
      createHash('sha256')
        .update(readFileSync(join(dir, path)))
        .digest('hex'),
    ).toBe(hash)
})

test('a folder with other things in it is left alone, and the message says what to do', async () => {
  writeFileSync(join(dir, '报告.docx'), '重要')
  await expect(exported({})).rejects.toThrow(/不是空的，也不是以前导出的.*换一个空目录/)
  expect(existsSync(join(dir, 'manifest.json'))).toBe(false)
  writeFileSync(join(dir, 'manifest.json'), '{"name":"别的程序的"}')
  await expect(exported({})).rejects.toThrow(/不是空的/)
})

test('a second export removes what was withdrawn, and nothing that it has not written', async () => {
  await exported({
    'index.html': '一',
    'stories/gone/index.html': '撤展的',
    'stories/kept/index.html': '留下的',
  })
  mkdirSync(join(dir, '.git'))
  writeFileSync(join(dir, '.git', 'HEAD'), 'ref')
  await exported({ 'index.html': '二', 'stories/kept/index.html': '留下的' })
  expect(existsSync(join(dir, 'stories/gone'))).toBe(false)
  expect(textOf('index.html')).toBe('二')
  expect(existsSync(join(dir, '.git', 'HEAD'))).toBe(true)
  expect(Object.keys(manifest().files)).toEqual(['index.html', 'stories/kept/index.html'])
})

test('an export that broke off has changed nothing that readers see, and leaves nothing behind', async () => {
  const first = await openFolder(dir)
  await first.write('stories/bad/index.html', '要撤的')
  expect(await exported({ 'index.html': '一' })).toBe(1)
  expect(readdirSync(dir).toSorted()).toEqual(['index.html', 'manifest.json'])

  const second = await openFolder(dir)
  await second.write('index.html', '二')
  await second.write('stories/bad/index.html', '要撤的')
  expect(textOf('index.html')).toBe('一')
  expect(existsSync(join(dir, 'stories'))).toBe(false)
  expect(await exported({ 'index.html': '三' })).toBe(1)
  expect(readdirSync(dir).toSorted()).toEqual(['index.html', 'manifest.json'])
})

test('an export that fails gives back the room it took', async () => {
  const folder = await openFolder(dir)
  await folder.write('index.html', '一半')
  await folder.close()
  expect(readdirSync(dir)).toEqual([])
})

test('what broke off while files were put in their places is removed by the next export', async () => {
  await exported({ 'stories/old/index.html': '旧的' })
  mkdirSync(join(dir, 'index.html/in-the-way'), { recursive: true })
  await expect(exported({ 'index.html': '一', 'stories/bad/index.html': '要撤的' })).rejects.toThrow()
  expect(textOf('stories/bad/index.html')).toBe('要撤的')
  rmSync(join(dir, 'index.html'), { recursive: true })
  expect(await exported({ 'index.html': '二' })).toBe(1)
  expect(readdirSync(dir).toSorted()).toEqual(['index.html', 'manifest.json'])
})

test('a manifest that names files elsewhere is not taken for one of ours', async () => {
  const outside = { madeBy: 'lianxue export', ...about, files: { '../../etc/passwd': 'x' } }
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(outside))
  await expect(openFolder(dir)).rejects.toThrow(/不是空的/)
})

test('a file that is not there is told and leaves no trace', async () => {
  const folder = await openFolder(join(dir, 'new'))
  expect(await folder.copy(join(dir, 'nothing.svg'), 'media/nothing.svg')).toBe(false)
  expect(await folder.finish(about)).toBe(0)
})

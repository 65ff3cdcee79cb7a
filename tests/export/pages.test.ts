// What becomes of pages that are withdrawn while an export is being written.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileOf } from '#export/address.ts'
import { openFolder } from '#export/folder.server.ts'
import type { Exhibition } from '#export/here.ts'
import { writePages } from '#export/pages.server.ts'

let dir = ''
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'lianxue-export-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const exhibition: Exhibition = {
  name: '廉学',
  origin: 'http://localhost:4321',
  site: null,
  on: '2026-11-26',
  addresses: new Set(['/stories', '/stories/hepu', '/stories/bad']),
}
const page =
  '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><main><a href="/stories/hepu">珍珠</a><a href="/stories/bad">要撤的</a></main><details class="feedback"></details></body></html>'

test('a page withdrawn while the export is written is in no look of it, and no link leads to it', async () => {
  let asked = 0
  const folder = await openFolder(dir)
  const written = await writePages(
    folder,
    exhibition,
    // It is there in the first look, and gone in the next.
    async (address) => (address === '/stories/bad' && ++asked > 1 ? null : page),
    () => {},
  )
  expect([...written.exhibition.addresses]).toEqual(['/stories', '/stories/hepu'])
  await folder.finish({ on: exhibition.on, from: exhibition.origin })
  const { files } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { files: object }
  expect(Object.keys(files)).toHaveLength(6)
  expect(Object.keys(files).filter((path) => path.includes('bad'))).toEqual([])
  expect(existsSync(join(dir, 'stories/bad'))).toBe(false)
  const list = readFileSync(join(dir, fileOf('/stories', 'standard')), 'utf8')
  expect(list).toContain('<a href="./hepu/index.html">珍珠</a>要撤的')
})

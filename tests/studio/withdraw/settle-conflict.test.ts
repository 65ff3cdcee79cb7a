// A document that was changed in its file and in the studio waits for a publisher, and nothing is lost either way.
import { eq } from 'drizzle-orm'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { lessonById } from '#course/library.server.ts'
import { read } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { draftOf } from '#studio/draft/begin.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { publishDraft } from '#studio/publish/publish-draft.server.ts'
import { handIn } from '#studio/reading/read-draft.server.ts'
import { setReadings } from '#studio/rules.server.ts'
import { settleFileConflict } from '#studio/withdraw/settle-conflict.server.ts'
import { contentDir } from '../../record/published-rules.ts'
import { newsroom, person, save, stored } from '../newsroom.ts'

newsroom()
const folder = mkdtempSync(join(tmpdir(), 'lianxue-conflict-'))
afterAll(async () => {
  await closeJudge()
  rmSync(folder, { recursive: true, force: true })
})
const file = join(folder, 'content/courses/01-jiafeng-jiaxun/01-sizhi/index.mdx')
const bringIn = () => importLibrary({ contentDir: join(folder, 'content'), dataDir: join(folder, 'data') })
const row = async () => (await read.select().from(document).where(eq(document.id, 'lsn-sizhi')))[0]
const titled = async () => (await lessonById('lsn-sizhi'))?.title

beforeAll(async () => {
  cpSync(contentDir, join(folder, 'content'), { recursive: true })
  await setReadings(person('sun'), { lesson: 1, story: 1, case: 1 })
  const id = await draftOf(person('wang'), 'lsn-sizhi')
  await save(person('wang'), id, (await stored(id)).source.replace(/^title: .*$/m, 'title: 站上改的题目'))
  await handIn(person('wang'), id, false)
  await publishDraft(person('sun'), id)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, 'title: 文件里改的题目'))
})

test('both are kept apart until a publisher decides for the site, and the file is not brought in', async () => {
  expect((await bringIn()).conflicts).toHaveLength(1)
  expect(await titled()).toBe('站上改的题目')
  await expect(settleFileConflict(person('zhao'), 'lsn-sizhi', 'site')).rejects.toThrow('发布人')
  await settleFileConflict(person('sun'), 'lsn-sizhi', 'site')
  expect((await row())?.conflictHash).toBeNull()
  expect((await bringIn()).conflicts).toEqual([])
  expect(await titled()).toBe('站上改的题目')
})

test('a publisher decides for the file, and the next import shows it', async () => {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, 'title: 文件里再改的题目'))
  expect((await bringIn()).conflicts).toHaveLength(1)
  await settleFileConflict(person('sun'), 'lsn-sizhi', 'file')
  expect((await bringIn()).published).toHaveLength(1)
  expect(await titled()).toBe('文件里再改的题目')
  await expect(settleFileConflict(person('sun'), 'lsn-sizhi', 'file')).rejects.toThrow('没有冲突')
})

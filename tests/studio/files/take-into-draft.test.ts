// Who may put files into a draft, and under which name they stand there.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings, useSettings } from '#env.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { startDraft } from '#studio/draft/begin.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { takeIntoDraft } from '#studio/files/take-into-draft.server.ts'
import { newsroom, person, stored } from '../newsroom.ts'
import { pdf } from './made-files.ts'

newsroom()
const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-'))
beforeAll(() => void useSettings({ ...settings, dataDir }))
afterAll(async () => {
  await closeJudge()
  rmSync(dataDir, { recursive: true })
})

const begin = (by: Session) => startDraft(by, { kind: 'story', title: '暮夜却金' })
const send = (by: Session, draft: string, bytes: Buffer, name = '登记表.pdf') => {
  let asked = false
  const stream = (async function* () {
    asked = true
    yield bytes
  })()
  return takeIntoDraft(by, draft, { name, stream }).then(
    (taken) => ({ ...taken, asked }),
    (error: unknown) => ({ asked, refused: error instanceof Refusal ? error.kind : String(error) }),
  )
}

test('a file stands in the draft of who sent it, and another of that name gets a number', async () => {
  const draft = await begin(person('wang'))
  const one = await send(person('wang'), draft, pdf(10))
  const two = await send(person('li'), draft, pdf(20))
  const again = await send(person('wang'), draft, pdf(10))
  expect([one, two, again].map((taken) => 'name' in taken && taken.name)).toEqual([
    '登记表.pdf',
    '登记表-2.pdf',
    '登记表.pdf',
  ])
  const { files } = await stored(draft)
  expect(Object.keys(files).sort()).toEqual(['登记表-2.pdf', '登记表.pdf'])
  for (const name of Object.values(files)) expect(existsSync(join(dataDir, 'media', name))).toBe(true)
})

test('who may only read a draft, or may not know of it, sends in vain: not a byte is asked for', async () => {
  const draft = await begin(person('wang'))
  expect(await send(person('zhao'), draft, pdf())).toEqual({ asked: false, refused: 'not-yours' })
  expect(await send(person('wu'), draft, pdf())).toEqual({ asked: false, refused: 'not-found' })
  expect(await send(person('wang'), 'drf-none', pdf())).toEqual({ asked: false, refused: 'not-found' })
  expect((await stored(draft)).files).toEqual({})
})

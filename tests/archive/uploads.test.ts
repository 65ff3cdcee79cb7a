import { expect, test } from 'vitest'
import { dropUpload, keepUpload, uploadOf } from '#archive/uploads.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { refusal } from '../people/house.ts'

const officer = (id: string) => ({ person: { id, number: id, name: id }, grants: [] }) as unknown as Session
const keep = async (by: Session, content = 'x') => (await keepUpload(by, new File([content], '学时.csv'))).id
const isKept = (by: Session, id: string) => {
  try {
    return Boolean(uploadOf(by, id))
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

test('a file is kept for who uploaded it until its rows are stored', async () => {
  const [mine, other] = [officer('a'), officer('b')]
  const id = await keep(mine, '工号')
  expect(uploadOf(mine, id)).toMatchObject({ name: '学时.csv', bytes: new TextEncoder().encode('工号') })
  expect(isKept(other, id)).toBe(false)
  dropUpload(id)
  expect(isKept(mine, id)).toBe(false)
})

test('what is no file, or too large, is refused before it is kept', async () => {
  expect((await refusal(keepUpload(officer('c'), null))).message).toBe('没有收到文件，或者文件是空的。')
  expect((await refusal(keepUpload(officer('c'), new File([], 'x.csv')))).kind).toBe('invalid')
  const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'x.csv')
  expect(await refusal(keepUpload(officer('c'), large))).toEqual({
    ...{ kind: 'too-large', message: '文件超过5 MB。', hint: '请分成几份，一份一份上传。' },
  })
})

test('memory is bounded: the oldest of an officer make room, and the oldest of all', async () => {
  const mine = officer('d')
  const own = [await keep(mine), await keep(mine), await keep(mine), await keep(mine)]
  expect(own.map((id) => isKept(mine, id))).toEqual([false, true, true, true])
  const others = Array.from({ length: 12 }, (_, i) => officer(`e${i}`))
  const ids = await Promise.all(others.map((by) => keep(by)))
  expect(own.some((id) => isKept(mine, id))).toBe(false)
  expect(ids.every((id, i) => isKept(others[i] as Session, id))).toBe(true)
})

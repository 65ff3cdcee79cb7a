import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { availableItems, driftedItems, itemAt } from '#assessment/bank/bank.server.ts'
import {
  approveItem,
  confirmPassage,
  editItem,
  enterDrafts,
  retireItem,
  settleConflict,
} from '#assessment/bank/change.server.ts'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { audit } from '#db/schema/people.ts'
import { Item } from '#quiz/question.ts'
import { addVersion, calibrationSubject, versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../../support/database.ts'
import { lessonFile } from '../../course/library-folder.ts'
import { goodBody, sourceOf } from '../../course/sample.ts'
import { BankFolder, banked, emptyLibrary, walk } from './bank-folder.ts'

const place = freshDatabase()
const by = (id: string) => ({ person: { id, number: id, name: id } })
const [writer, checker] = [by('writer'), by('checker')]
let folder = new BankFolder()

const load = () => folder.bringIn(place.dataDir)
const secret = Item.parse({ ...banked, id: 'itm-secret-1' })
const secureIds = async () => (await availableItems({ secure: true })).map(({ id }) => id)
const rowOf = async (id: string) => (await read.select().from(bankItem).where(eq(bankItem.id, id)))[0]
const acts = async () =>
  (await read.select().from(audit).orderBy(asc(audit.id))).map(({ actorId, act, target }) =>
    [actorId, act, target].join(' '),
  )

beforeEach(async () => {
  await emptyLibrary()
  folder.remove()
  folder = new BankFolder()
  await load()
})
afterAll(() => folder.remove())

describe('drafts', () => {
  test('nobody is asked what one person alone has written', async () => {
    await enterDrafts(writer, [secret], { secure: true })
    expect(await secureIds()).toEqual([])
    await expect(approveItem(writer, secret.id)).rejects.toMatchObject({ kind: 'invalid' })
    await approveItem(checker, secret.id)
    expect(await secureIds()).toEqual(['itm-secret-1'])
    expect(await rowOf(secret.id)).toMatchObject({ author: 'writer', checkedBy: 'checker', secure: true })
    expect(await acts()).toEqual(['writer item-entered itm-secret-1', 'checker item-approved itm-secret-1'])
    await expect(approveItem(checker, secret.id)).rejects.toMatchObject({ kind: 'already-done' })
  })

  test('of several items none is entered if one has an id that is taken', async () => {
    const taken = { ...secret, id: 'itm-sizhi-1' }
    await expect(enterDrafts(writer, [secret, taken], { secure: true })).rejects.toThrow('itm-sizhi-1')
    expect(await rowOf(secret.id)).toBeUndefined()
    expect(await acts()).toEqual([])
  })

  test('one without a source is approved only once somebody has said where it is from', async () => {
    const { source: _source, ...rest } = secret
    await enterDrafts(writer, [Item.parse(rest)], { secure: true })
    await expect(approveItem(checker, secret.id)).rejects.toThrow('没有写明出自哪份资料。')
    await confirmPassage(checker, secret.id, { source: 'lsn-sizhi', passage: secret.passage })
    expect((await rowOf(secret.id))?.status).toBe('draft')
    await approveItem(checker, secret.id)
    expect(await secureIds()).toEqual(['itm-secret-1'])
  })
})

describe('items in use', () => {
  test('an edited item is a draft again, and asked again once another person approved it', async () => {
    const edited = Item.parse({ ...banked, revision: 2, stem: '换个问法？' })
    await editItem(writer, edited)
    expect((await availableItems({ secure: false })).map(({ id }) => id)).toEqual(['itm-vote-1'])
    await expect(approveItem(writer, banked.id)).rejects.toMatchObject({ kind: 'invalid' })
    await approveItem(checker, banked.id)
    expect((await availableItems({ secure: false }))[0]?.item.stem).toBe('换个问法？')
    expect(await itemAt(banked.id, 1)).toMatchObject({ stem: banked.stem })
    await expect(editItem(writer, edited)).rejects.toThrow('这道题刚刚被别人改过。')
  })

  test('what is retired stays retired, with its reason', async () => {
    await retireItem(writer, banked.id, '答案有争议')
    expect(await rowOf(banked.id)).toMatchObject({ status: 'retired', retiredReason: '答案有争议' })
    expect((await availableItems({ secure: false })).map(({ id }) => id)).toEqual(['itm-vote-1'])
    await expect(retireItem(writer, banked.id, '再来')).rejects.toMatchObject({ kind: 'already-done' })
    await expect(editItem(writer, Item.parse({ ...banked, revision: 2 }))).rejects.toMatchObject({
      kind: 'closed',
    })
    await expect(retireItem(writer, 'itm-nobody', '无')).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('a passage is confirmed only by words that stand in the source, and brings the item back', async () => {
    folder.write(lessonFile, sourceOf(goodBody.replace('说天黑了，没有人会知道。', '说天黑，不会有人知道。')))
    folder.write(
      'courses/jiafeng/01-sizhi/items.yaml',
      JSON.stringify([
        { ...banked, source: undefined, id: 'itm-sizhi-1', revision: 2, passage: '说天黑，不会有人知道。' },
      ]),
    )
    await load()
    expect(await driftedItems()).toHaveLength(2)
    const source = 'lsn-sizhi'
    await expect(confirmPassage(writer, banked.id, { source, passage: '没有这句' })).rejects.toMatchObject({
      field: 'passage',
    })
    await expect(
      confirmPassage(writer, banked.id, { source: 'lsn-x', passage: '说天黑' }),
    ).rejects.toMatchObject({ field: 'source' })
    const found = { a: 1.2, b: 0.3, c: 0.2, version: 'c1' }
    await addVersion('calibration', calibrationSubject(banked.id, 1), '2026-11-01T00:00:00.000Z', 'c1', found)
    await confirmPassage(writer, banked.id, { source, passage: '说天黑，不会有人知道。' })
    // The question is the same: what was found of it holds on.
    const inForce = await versionsInForce()
    expect(inForce.calibration(banked.id, 2, '2999-01-01T00:00:00.000Z')).toEqual(found)
    expect((await driftedItems()).map(({ id }) => id)).toEqual(['itm-vote-1'])
    expect(await availableItems({ secure: false })).toMatchObject([{ id: banked.id, revision: 2 }])
    expect(await rowOf(banked.id)).toMatchObject({ revision: 2, checkedBy: 'writer', status: 'active' })
  })
})

describe('files and the site', () => {
  const edited = Item.parse({ ...banked, revision: 2, stem: '站上改的？' })
  beforeEach(async () => {
    await editItem(writer, edited)
    await approveItem(checker, banked.id)
  })
  const inFile = (change: object) => folder.bank([{ ...banked, ...change }, walk])
  const stem = async () => (await availableItems({ secure: false }))[0]?.item.stem

  test('what was changed here stays while its file is as it was', async () => {
    expect(await load()).toMatchObject({ kept: [banked.id], conflicts: [], problems: [] })
    expect(await stem()).toBe('站上改的？')
  })

  test('what was changed in both is a conflict until somebody decides for what is here', async () => {
    inFile({ revision: 2, stem: '文件里改的？' })
    expect(await load()).toMatchObject({ conflicts: [banked.id], problems: [] })
    expect((await rowOf(banked.id))?.conflictHash).not.toBeNull()
    await settleConflict(checker, banked.id, 'site')
    expect(await load()).toMatchObject({ kept: [banked.id], conflicts: [] })
    expect(await stem()).toBe('站上改的？')
    await expect(settleConflict(checker, banked.id, 'site')).rejects.toMatchObject({ kind: 'already-done' })
  })

  test('or for the file, which then must say a new revision', async () => {
    inFile({ revision: 2, stem: '文件里改的？' })
    await load()
    await settleConflict(checker, banked.id, 'file')
    expect((await load()).problems.map(({ mend }) => mend)).toEqual(['把 revision 写成3。'])
    inFile({ revision: 3, stem: '文件里改的？' })
    expect(await load()).toMatchObject({ published: [banked.id], problems: [] })
    expect(await stem()).toBe('文件里改的？')
  })

  test('the same change in both is no conflict', async () => {
    inFile({ revision: 2, stem: '站上改的？' })
    expect(await load()).toMatchObject({ conflicts: [], problems: [] })
    expect(await load()).toMatchObject({ unchanged: [banked.id, 'itm-vote-1'] })
  })
})

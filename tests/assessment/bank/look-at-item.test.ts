import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { approveItem, enterDrafts } from '#assessment/bank/change.server.ts'
import { listItems } from '#assessment/bank/list-items.server.ts'
import { lookAtItem } from '#assessment/bank/look-at-item.server.ts'
import type { ItemStatistics } from '#assessment/calibration/statistics.ts'
import { titlesOf } from '#course/titles.server.ts'
import { read, write } from '#db/database.server.ts'
import { attempt, attemptItem, itemStatistics } from '#db/schema/assessment.ts'
import { audit, person } from '#db/schema/people.ts'
import { Item } from '#quiz/question.ts'
import { freshDatabase } from '../../support/database.ts'
import { BankFolder, banked, emptyLibrary } from './bank-folder.ts'

const place = freshDatabase()
const sessionOf = (id: string) => ({
  ...{ id: 's', person: { id, number: id, name: id }, grants: [], unitPaths: [] },
  ...{ secondFactor: false, noticeVersion: null },
})
const [writer, checker] = [sessionOf('writer'), sessionOf('checker')]
const secret = Item.parse({ ...banked, id: 'itm-secret-1' })
let folder = new BankFolder()

const opened = async () =>
  (await read.select().from(audit).where(eq(audit.act, 'item-opened'))).map(({ actorId, target }) => [
    actorId,
    target,
  ])

beforeEach(async () => {
  await emptyLibrary()
  await write(async (tx) => {
    for (const table of [attemptItem, attempt, itemStatistics, person]) await tx.delete(table)
  })
  folder.remove()
  folder = new BankFolder()
  await folder.bringIn(place.dataDir)
})
afterAll(() => folder.remove())

const statistics = (revision: number): ItemStatistics => ({
  ...{ revision, answers: 40, blank: 0, facility: 0.97, discrimination: 0.1, options: null },
  ...{ wrongWords: null, groups: null, differences: null, flags: [{ type: 'too-easy', facility: 0.97 }] },
})
const compute = (itemId: string, body: unknown) =>
  write((tx) => tx.insert(itemStatistics).values({ itemId, computedAt: '2026-11-27T01:00:00.000Z', body }))

test('opening a secure item is a line of the audit log, opening an open one is not', async () => {
  await enterDrafts(writer, [secret], { secure: true })
  await lookAtItem(checker, banked.id)
  expect(await opened()).toEqual([])
  expect(await lookAtItem(checker, secret.id)).toMatchObject({ item: { stem: secret.stem } })
  expect(await opened()).toEqual([['checker', 'itm-secret-1']])
  expect(await lookAtItem(checker, 'itm-nobody')).toBeNull()
})

test('lists show nothing of what a secure item asks', async () => {
  await enterDrafts(writer, [secret], { secure: true })
  const [listed] = (await listItems()).filter(({ id }) => id === secret.id)
  expect(listed).toMatchObject({ stem: null, secure: true, status: 'draft' })
  expect(JSON.stringify(listed)).not.toContain(secret.stem)
})

test('who answered a secure item does not find its question in his record', async () => {
  await enterDrafts(writer, [secret], { secure: true })
  const titles = await titlesOf([{ item: secret.id }, { item: banked.id }, { item: 'itm-sizhi-1' }])
  expect([...titles]).toEqual([
    [banked.id, banked.stem],
    [secret.id, '监考卷里的一道题'],
    ['itm-sizhi-1', banked.stem],
  ])
})

test('its page leads to the very section with the passage, and names who wrote and who checked it', async () => {
  const at = '2026-11-01T00:00:00.000Z'
  await enterDrafts(writer, [secret], { secure: true })
  await approveItem(checker, secret.id)
  await write((tx) => tx.insert(person).values({ id: 'writer', number: 'W1', name: '李青', createdAt: at }))
  const looked = await lookAtItem(checker, secret.id)
  expect(looked).toMatchObject({
    source: { title: '四知：夜里的十斤金', href: '/courses/jiafeng/sizhi#s1' },
    ...{ drift: null, author: '李青', checkedBy: 'checker', statistics: null },
    parameters: { a: 1, b: -1, c: 0.5, calibrated: false },
  })
  expect(JSON.stringify(looked?.question)).not.toContain(secret.rationale)
})

test('it says how often it was shown, in which test', async () => {
  const at = '2026-11-20T02:00:00.000Z'
  await write(async (tx) => {
    for (const personId of ['a', 'b']) {
      const id = `att-${personId}`
      await tx
        .insert(attempt)
        .values({ id, personId, assessmentId: 'asm-x', number: 1, seed: 's', blueprint: {}, startedAt: at })
      await tx
        .insert(attemptItem)
        .values({ attemptId: id, personId, position: 1, itemId: banked.id, itemRevision: 1, shownAt: at })
    }
  })
  expect((await lookAtItem(checker, banked.id))?.shown).toEqual([{ title: 'asm-x', times: 2, last: at }])
})

test('remarks on an earlier wording are not held against the present one', async () => {
  await compute(banked.id, statistics(1))
  await compute('itm-vote-1', statistics(7))
  const remarks = new Map((await listItems()).map((one) => [one.id, one.remarks]))
  expect(remarks.get(banked.id)).toHaveLength(1)
  expect(remarks.get('itm-vote-1')).toEqual([])
})

test('that there are too few answers is no reason to look at an item', async () => {
  await compute(banked.id, { ...statistics(1), flags: [{ type: 'few', answers: 3, needed: 30 }] })
  expect((await listItems()).flatMap(({ remarks }) => remarks)).toEqual([])
})

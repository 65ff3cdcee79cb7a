// What the first page of the studio reminds of.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { dueForCheck, studioWaits } from '#studio/draft/lists.server.ts'
import { handIn } from '#studio/reading/read-draft.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { withdraw } from '../../course/real-library.ts'
import { newsroom, person, readyLesson } from '../newsroom.ts'

newsroom()
afterAll(closeJudge)

const today = () => dayOf(now().toISOString())

/** As if it had been published with this day. */
async function lookAgain(id: string, reviewBy: string) {
  const [row] = await read
    .select({ id: revision.id, meta: revision.meta })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(eq(document.id, id))
  if (!row) throw new Error(`There is no ${id}.`)
  const meta = { ...row.meta, reviewBy }
  await write((tx) => tx.update(revision).set({ meta }).where(eq(revision.id, row.id)))
}

beforeAll(async () => {
  await lookAgain('lsn-sizhi', dayAfter(today(), 29))
  await lookAgain('sto-hepu', dayAfter(today(), -3))
  await lookAgain('cas-chuishao', dayAfter(today(), 32))
})

test('who writes for the county is reminded a month ahead and until it is done, the most urgent first', async () => {
  const due = await dueForCheck(person('wang'))
  expect(due.map(({ id }) => id)).toEqual(['sto-hepu', 'lsn-sizhi'])
})

test('who writes for a township is not asked to look again at what is the county’s', async () => {
  expect(await dueForCheck(person('qian'))).toEqual([])
})

test('what is withdrawn reminds nobody', async () => {
  await withdraw('sto-hepu', '正在复核')
  expect((await dueForCheck(person('wang'))).map(({ id }) => id)).toEqual(['lsn-sizhi'])
})

test('whose turn it is hears of it on the own page', async () => {
  const id = await readyLesson(person('wang'), '轮到谁')
  expect((await studioWaits(person('zhao'))).turn).toBe(0)
  await handIn(person('wang'), id, false)
  expect((await studioWaits(person('zhao'))).turn).toBe(1)
  expect((await studioWaits(person('sun'))).turn).toBe(0)
})

// A draft that is given up.
import { afterAll, expect, test } from 'vitest'
import { draftOf } from '#studio/draft/begin.server.ts'
import { dropDraft } from '#studio/draft/drop.server.ts'
import { listDrafts } from '#studio/draft/lists.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { handIn } from '#studio/reading/read-draft.server.ts'
import { reviewOf } from '#studio/reading/review.server.ts'
import { newsroom, person, readyLesson, save, stored } from '../newsroom.ts'

newsroom()
afterAll(closeJudge)

test('what is given up leaves everybody’s list, is written and read by nobody, and stays on record', async () => {
  const id = await readyLesson(person('wang'))
  await handIn(person('wang'), id, false)
  await dropDraft(person('wang'), id)
  for (const name of ['wang', 'zhao', 'sun'])
    expect((await listDrafts(person(name))).filter((one) => one.id === id)).toEqual([])
  await expect(save(person('wang'), id, '改一改')).rejects.toThrow('已经放弃')
  const { may, draft } = await reviewOf(person('zhao'), id)
  expect(may).toEqual({ handIn: false, read: null, whyNot: null, publish: false, write: false })
  expect(draft.readings).toHaveLength(1)
})

test('a document whose draft was given up can be begun anew from what readers see', async () => {
  const first = await draftOf(person('wang'), 'lsn-sizhi')
  await save(person('wang'), first, `${(await stored(first)).source}\n写坏了。\n`)
  await dropDraft(person('wang'), first)
  const second = await draftOf(person('li'), 'lsn-sizhi')
  expect(second).not.toBe(first)
  expect((await stored(second)).source).not.toContain('写坏了')
})

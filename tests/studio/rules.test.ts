// What the county decides about writing is said to every writer at once, and stops nobody.
import { afterAll, expect, test } from 'vitest'
import { openDraft } from '#studio/draft/save.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { handIn } from '#studio/reading/read-draft.server.ts'
import { noWatchedWords, WatchedWordsForm } from '#studio/rules.ts'
import { setWatchedWords, watchedWords } from '#studio/rules.server.ts'
import { newsroom, person, readyLesson, save, stored } from './newsroom.ts'

newsroom()
afterAll(closeJudge)

test('a word and a person on the county’s lists are named in the text, and it can still be handed in', async () => {
  const id = await readyLesson(person('wang'))
  await save(person('wang'), id, `${(await stored(id)).source}\n王某某说，评议不能走过场。\n`)
  const kinds = async () => (await openDraft(person('wang'), { draft: id })).advice.map(({ kind }) => kind)
  const before = await kinds()
  const form = { sensitive: '走过场\n\n走过场\n', withdrawn: '王某某：案件正在复核' }
  await setWatchedWords(person('sun'), WatchedWordsForm.parse(form))
  expect(await watchedWords()).toEqual({
    sensitive: ['走过场'],
    withdrawn: [{ name: '王某某', reason: '案件正在复核' }],
  })
  expect(await kinds()).toEqual([...before, 'withdrawn', 'sensitive'])
  await handIn(person('wang'), id, false)
})

test('only who publishes for the whole county changes them', async () => {
  await expect(setWatchedWords(person('wu'), noWatchedWords)).rejects.toMatchObject({ kind: 'not-yours' })
  await expect(setWatchedWords(person('wang'), noWatchedWords)).rejects.toMatchObject({ kind: 'not-yours' })
})

test.each(['王某某', '：没有姓名', '王：姓太短'])(
  'a line %j that names nobody with a reason is sent back',
  (line) => {
    expect(WatchedWordsForm.safeParse({ sensitive: '', withdrawn: line }).success).toBe(false)
  },
)

// What trainers learn of readers, from the record of invented people who study as they do.
import { beforeAll, expect, test, vi } from 'vitest'
import { eq } from 'drizzle-orm'
import { askedBy } from '#course/asked.server.ts'
import { read, write } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { progress } from '#db/schema/record.ts'
import { giveRemark } from '#people/feedback.server.ts'
import { record } from '#record/record.server.ts'
import type { LessonFigures } from '#studio/readers/figures.ts'
import { concernsOfLessons, countInThread, readingFigures } from '#studio/readers/reading-figures.server.ts'
import { limit } from '#db/schema/people.ts'
import { publishAgain, realLibrary, sessionOf } from '../../course/real-library.ts'
import * as happen from '../../record/happenings.ts'

const place = realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const lesson = 'lsn-sizhi'
const all = ['s1', 's2', 's3', 's4']
let revision = ''
beforeAll(async () => void (revision = (await askedBy(lesson)).revision))

const figures = async () => {
  const counted = (await countInThread(place.dataDir)).get(lesson)
  if (!counted) throw new Error('It was not counted.')
  return counted
}
const count = (found: LessonFigures) =>
  found.stops?.stretches.map(({ from, to, came, stopped }) => [from, to, came, stopped])

/** Opens the lesson and reads so many minutes of these sections. */
async function reads(person: string, sections: string[], minutes = 12) {
  const about = { person, lesson, edition: 1, revision }
  await record(happen.opened(about))
  clock.advance(minutes * 60)
  const spans: [number, number][] = [[clock.ms - minutes * 60_000, clock.ms]]
  await record(happen.studied({ ...about, sections, spans }))
}

async function finishes(person: string, minutes: number) {
  await reads(person, all, minutes)
  const about = { person, lesson, edition: 1, revision, course: 'crs-jiafeng-jiaxun' }
  await record(happen.completed({ ...about, minutes: 11, sections: all, items: [] }))
}

const answers = (person: string, choice: string, more: object = {}) =>
  record(
    happen.answered({
      ...{ person, lesson, item: 'itm-sizhi-3', answer: { kind: 'single', choice } },
      ...{ earned: choice === 'c' ? 1 : 0, indicator: 'conflict-of-interest', ...more },
    }),
  )

const many = async (times: number, act: (person: string) => Promise<unknown>) => {
  for (let i = 0; i < times; i++) await act(happen.somebody())
}
const week = () => clock.advance(8 * 86_400)

test('of fewer than five readers nothing is told', async () => {
  await many(4, async (person) => {
    await reads(person, ['s1'])
    await answers(person, 'a')
    await giveRemark({ page: '/courses/jiafeng-jiaxun/sizhi', stars: 1, text: '', origin: 'reader' }, person)
  })
  week()
  expect(await figures()).toEqual({ stops: null, checks: [], time: null, stars: null })
})

test('who opened it this week may still go on; from the next week on the fifth is counted', async () => {
  await many(1, (person) => reads(person, ['s1']))
  expect((await figures()).stops).toBeNull()
  week()
  expect(count(await figures())?.[0]).toEqual([0, 0, 5, 5])
})

test('where readers stop is counted by section, and who finished', async () => {
  await many(5, (person) => reads(person, ['s1', 's2']))
  await many(6, (person) => finishes(person, 15))
  await many(1, (person) => reads(person, ['s1', 's2', 's3']))
  week()
  const found = await figures()
  expect(found.stops?.readers).toBe(17)
  expect(count(found)).toEqual([
    [0, 0, 17, 5],
    [1, 1, 12, 5],
    // One person stopped in the third; so it is told together with those who finished.
    [2, 3, 7, null],
  ])
  expect(found.stops?.done).toBeNull()
})

test('time is counted until the lesson was finished, not what was read again after it', async () => {
  const before = (await figures()).time
  expect(before).toMatchObject({ readers: 6, promised: 11, median: 15 })
  const rows = await read.select().from(progress).where(eq(progress.lessonId, lesson))
  for (const { personId, completedAt } of rows) if (completedAt !== null) await reads(personId, all, 60)
  expect((await figures()).time).toEqual(before)
})

test('a check counts the first try of each person, beside the lesson', async () => {
  await many(6, async (person) => {
    await answers(person, 'b')
    await answers(person, 'c')
  })
  await many(7, (person) => answers(person, 'c'))
  // In a test first: what comes beside the lesson is no first try.
  await many(5, async (person) => {
    await answers(person, 'd', { mode: 'test', lesson: null, edition: null })
    await answers(person, 'd')
  })
  const [check] = (await figures()).checks
  expect(check).toMatchObject({ id: 'itm-sizhi-3', answers: 17, right: { type: 'percent', percent: 41 } })
  // Four chose a: so few are hidden, and b too, because it could be computed.
  expect(check?.options?.map(({ id, count }) => [id, count])).toEqual([
    ['a', null],
    ['b', null],
    ['c', 7],
    ['d', 0],
  ])
})

test('numbers that readers chose are told from the fifth on, with what was last said', async () => {
  await write((tx) => tx.delete(limit))
  const say = (stars: number, text: string) =>
    giveRemark({ page: '/courses/jiafeng-jiaxun/sizhi', stars, text, origin: 'reader' }, 'y')
  await say(2, '第三节看不懂')
  expect((await figures()).stars).toEqual({ count: 5, mean: 1.2, by: [4, 1, 0, 0, 0] })
  // A page does not wait long for the first count; whoever comes later sees it.
  const looked = await vi.waitFor(
    async () => {
      const found = await readingFigures(place.dataDir, lesson)
      expect(found.countedAt).toBe(clock.iso)
      return found
    },
    { timeout: 20_000 },
  )
  expect(looked.said.map(({ text }) => text)).toEqual(['第三节看不懂'])
  expect(looked.figures?.stars?.count).toBe(5)
})

test("of a story only the numbers are told: nobody's reading is recorded", async () => {
  for (const stars of [5, 5, 4, 4, 4])
    await giveRemark({ page: '/stories/hepu', stars, text: '', origin: 'hall' }, 'hall')
  const [story] = await read.select().from(document).where(eq(document.slug, 'stories/hepu'))
  const counted = await countInThread(place.dataDir)
  expect(counted.get(story?.id ?? '')).toEqual({
    ...{ stops: null, checks: [], time: null },
    stars: { count: 5, mean: 4.4, by: [0, 0, 0, 3, 2] },
  })
})

test('who writes for the county is told which lessons to look at, and why; who writes elsewhere is not', async () => {
  const grants = (path: string) => [{ role: 'trainer' as const, unitId: 'county', path }]
  const county = { ...sessionOf('t'), grants: grants('/county/') }
  const elsewhere = { ...sessionOf('t'), grants: grants('/county/village/') }
  expect(await concernsOfLessons(place.dataDir, county)).toMatchObject([
    {
      id: lesson,
      title: expect.any(String) as string,
      reason: expect.stringMatching(/^5人选了数，平均1\.2/) as string,
    },
  ])
  expect(await concernsOfLessons(place.dataDir, elsewhere)).toEqual([])
})

test('a new edition begins anew', async () => {
  await publishAgain(lesson, { edition: 2 })
  expect(await figures()).toMatchObject({ stops: null, time: null, stars: null })
})

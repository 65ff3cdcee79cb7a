// A withdrawal as everybody meets it who would have met the document: readers, learners, takers of tests.
import { eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { availableItems } from '#assessment/bank/bank.server.ts'
import { mistakesOf } from '#assessment/review/mistakes.server.ts'
import { practiceOf } from '#assessment/review/practice.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { testBank } from '#course/course-test/bank.server.ts'
import { sittingOf } from '#course/course-test/sitting.server.ts'
import { courseBySlug, itemsOf, lessonBySlug, publishedCourses } from '#course/library.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { countOpen } from '#course/published.server.ts'
import { beat, closeStudy, openStudy, stateOf } from '#course/study.server.ts'
import { startSync } from '#course/sync.ts'
import { storyBySlug, storiesOf, storyAfter } from '#course/texts.server.ts'
import { titlesOf } from '#course/titles.server.ts'
import { whatIsTold } from '#course/told.server.ts'
import type { Shown } from '#course/shown.ts'
import { read } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { wrongAnswer } from '#demo/answer.ts'
import { overviewOf } from '#plan/overview.server.ts'
import type { Post } from '#quiz/post.ts'
import { Refusal } from '#refusal.ts'
import { find } from '#search/find.server.ts'
import { ReasonForm } from '#studio/withdraw/forms.ts'
import { restore, withdraw } from '#studio/withdraw/withdraw.server.ts'
import { addItems, addTest, begin, rowsOf, single } from '../../assessment/attempt/world.ts'
import { Shelf } from '../../course/offline-world.ts'
import { Page, realLibrary, send } from '../../course/real-library.ts'
import * as happen from '../../record/happenings.ts'
import { random } from '../../support/evidence.ts'
import { holding, linesAbout, publisher } from './publishers.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const id = 'lsn-sizhi'
const slug = 'jiafeng-jiaxun'
const reason = '引文归属有疑，正在复核'
const learner = happen.somebody()
const closed = { kind: 'closed', message: `这一课已撤展：${reason}。`, hint: '你已有的学时不受影响。' }

beforeAll(async () => {
  const [passage] = [...(await itemsOf((await askedBy(id)).revision)).values()].map((item) => item.passage)
  const [other] = [...(await itemsOf((await askedBy('lsn-liuchi')).revision)).values()]
  const from = { source: id, passage: passage ?? '' }
  const elsewhere = { source: 'lsn-liuchi', passage: other?.passage ?? '' }
  await addItems([
    ...['itm-w1', 'itm-w2'].map((item) => ({ ...single({ id: item }), ...from })),
    ...['itm-w3', 'itm-w4'].map((item) => ({ ...single({ id: item }), ...elsewhere })),
  ])
  await addTest({
    ...{ id: 'asm-two', title: '自测', summary: '两道题。', supervised: false, minutes: null, form: 'fixed' },
    ...{ attempts: { most: 50, waitDays: 0 }, answers: 'solutions' },
    cells: [{ indicator: 'openness', kind: 'single', count: 2 }],
  })
  // Answered wrongly on an earlier day, so that it comes again.
  await send(learner, id, 'itm-sizhi-1', await wrongTo('itm-sizhi-1'))
  clock.advance(2 * 86_400)
})

/** What a test left withdrawn is no matter of the next. */
afterEach(async () => {
  const left = await read.select({ id: document.id }).from(document).where(isNotNull(document.withdrawnAt))
  for (const one of left) await restore(publisher, one.id, '出处已经核对无误')
})

async function wrongTo(item: string) {
  const found = (await itemsOf((await askedBy(id)).revision)).get(item)
  if (!found) throw new Error(`There is no item ${item}.`)
  return wrongAnswer(random(1), found)
}

/** Where the lesson is met. */
async function met() {
  const course = await courseBySlug(slug)
  const searched = await find({ q: '四知' })
  const bank = course ? await testBank(course) : []
  const places = {
    page: await lessonBySlug(slug, 'sizhi').then(
      () => true,
      () => false,
    ),
    listAndHome: (await publishedCourses()).some(({ lessons }) => lessons.some((one) => one.id === id)),
    coursePage: course?.lessons.some((one) => one.id === id),
    search: JSON.stringify(searched).includes('/courses/jiafeng-jiaxun/sizhi'),
    courseTest: bank.some(({ lesson }) => lesson === id),
    bank: (await availableItems({ secure: false })).some(({ item }) => item.source === id),
    practice: (await practiceOf(happen.somebody(), 'openness', clock.ms))?.all === 4,
    mistakes: (await mistakesOf(learner)).due.some(({ lesson }) => lesson === id),
    map: (await overviewOf(learner)).lessons.some((one) => one.id === id),
    nextStep: (await overviewOf(happen.somebody())).steps?.some((one) => one.candidate.id === id) ?? false,
  }
  return Object.entries(places).flatMap(([place, there]) => (there ? [place] : []))
}

/** Which documents the items of the next papers are from. */
async function nextPapers() {
  const papers = []
  for (let i = 0; i < 5; i++) papers.push(await rowsOf(await begin(happen.somebody(), 'asm-two')))
  return new Set(papers.flat().map(({ itemId }) => (/[12]$/.test(itemId) ? id : 'lsn-liuchi')))
}

test('a withdrawn lesson is met nowhere any more, at once, and everywhere again when it is restored', async () => {
  const tags: string[][] = []
  const stop = onLibraryChange((changed) => void tags.push(changed))
  const before = await met()
  expect(before).toEqual(
    expect.arrayContaining(['page', 'listAndHome', 'coursePage', 'search', 'courseTest']),
  )
  expect(before).toEqual(expect.arrayContaining(['bank', 'practice', 'mistakes', 'map']))
  expect(await nextPapers()).toEqual(new Set([id, 'lsn-liuchi']))

  await withdraw(publisher, id, reason)
  await expect(lessonBySlug(slug, 'sizhi')).rejects.toMatchObject(closed)
  expect(await met()).toEqual([])
  expect(await nextPapers()).toEqual(new Set(['lsn-liuchi']))
  expect(tags).toEqual([['library', id, 'crs-jiafeng']])

  await restore(publisher, id, '出处已经核对无误')
  expect(await met()).toEqual(before)
  expect(await nextPapers()).toEqual(new Set([id, 'lsn-liuchi']))
  stop()
})

test('a course takes its lessons with it, and one withdrawn by itself stays so when the course comes back', async () => {
  const lesson = 'lsn-liuchi'
  await withdraw(publisher, lesson, '图片的授权到期')
  await withdraw(publisher, 'crs-jiafeng', '整门课程在修订')
  await expect(courseBySlug(slug)).rejects.toMatchObject({ message: '这门课程已撤展：整门课程在修订。' })
  await expect(lessonBySlug(slug, 'sizhi')).rejects.toMatchObject({ kind: 'closed' })
  await expect(sittingOf(learner, slug)).rejects.toMatchObject({ kind: 'closed' })
  await expect(askedBy(id)).rejects.toMatchObject({ kind: 'closed' })
  expect(JSON.stringify(await find({ q: '四知' }))).not.toContain('/courses/jiafeng-jiaxun')
  expect((await availableItems({ secure: false })).map((one) => one.id)).toEqual([])
  await restore(publisher, 'crs-jiafeng', '修订完成了')
  expect((await courseBySlug(slug))?.lessons.map((one) => one.id)).not.toContain(lesson)
  expect((await courseBySlug(slug))?.lessons.map((one) => one.id)).toContain(id)
  await restore(publisher, lesson, '重新得到了授权')
  expect((await courseBySlug(slug))?.lessons.map((one) => one.id)).toContain(lesson)
})

test('a withdrawn story leaves the wall, its season and the way from other stories', async () => {
  const [story] = await storiesOf('春')
  if (!story) throw new Error('There is no story of spring.')
  const wall = await countOpen('story')
  await withdraw(publisher, story.id, '传说的出处没有找到')
  expect(await countOpen('story')).toBe(wall - 1)
  expect((await storiesOf('春')).map((one) => one.id)).not.toContain(story.id)
  await expect(storyBySlug(story.slug)).rejects.toMatchObject({ kind: 'closed' })
  const all = await read.select({ id: document.id }).from(document).where(eq(document.kind, 'story'))
  const next = await Promise.all(all.map((one) => storyAfter(one.id)))
  expect(next.map((one) => one?.href)).not.toContain(`/stories/${story.slug}`)
  await restore(publisher, story.id, '出处已经找到')
  expect(await countOpen('story')).toBe(wall)
})

test('who is in the middle of it is told why on the page, and has every minute up to then in the record', async () => {
  const person = happen.somebody()
  let shown: Shown | null = null
  const steps = { open: openStudy, beat, close: closeStudy, state: stateOf, visit: whatIsTold }
  const post = (async (step, body) => {
    try {
      return { type: 'ok', value: await steps[step as keyof typeof steps](person, body) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { type: error.kind === 'closed' ? 'gone' : 'wrong', message: error.message + error.hint }
    }
  }) as Post
  const shelf = new Shelf()
  const page = startSync({
    ...{ lesson: id, post, openStore: async () => shelf.open(), id: () => v7(), now: () => clock.ms },
    ...{ after: () => () => undefined, beacon: () => true, said: () => undefined, finish: () => false },
    changed: (now) => void (shown = now),
  })
  const read = async () => {
    clock.advance(30)
    page.add({ seconds: 30 })
    page.beat(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await page.start()
  await read()
  expect(shown).toMatchObject({ line: 'studying', counted: 30 })
  await withdraw(publisher, id, reason)
  await read()
  expect(shown).toMatchObject({ line: 'closed', message: closed.message + closed.hint })
  await read()
  expect((await happen.derivedOf(person)).progress).toMatchObject([{ seconds: 60, completedAt: null }])
  expect(shelf.visits.size).toBe(0)
})

test('who had completed it keeps the hours, and still reads its title in the record', async () => {
  const person = happen.somebody()
  const page = await Page.open(person, id, clock)
  await page.answer()
  await page.read(1200, { finish: true })
  const before = await happen.creditsInOrder(person)
  expect(before).toMatchObject([{ subject: id }])
  await withdraw(publisher, id, reason)
  expect(await happen.creditsInOrder(person)).toEqual(before)
  expect((await titlesOf([{ lesson: id }])).get(id)).toContain('四知')
})

test('a second withdrawal says that it was done and why; so does a second restoring', async () => {
  await withdraw(publisher, id, '第一个人写的原因。')
  await expect(withdraw(publisher, id, '第二个人写的原因')).rejects.toMatchObject({
    kind: 'already-done',
    message: expect.stringMatching(/^这一份2026-03-1\d已经撤展，写的原因是：第一个人写的原因。$/) as string,
  })
  await restore(publisher, id, '出处已经核对无误')
  await expect(restore(publisher, id, '出处已经核对无误')).rejects.toMatchObject({ kind: 'already-done' })
})

test.each([
  ['a trainer of the county', holding('trainer', '/county/')],
  ['a reviewer of the county', holding('reviewer', '/county/')],
  ['a publisher of a town', holding('publisher', '/county/town/')],
])('%s withdraws nothing of the county and leaves no line', async (_, session) => {
  const lines = await linesAbout(id)
  const refused = { kind: 'not-yours', message: '这份内容由全县的发布人撤展和展出，没有改动。' }
  await expect(withdraw(session, id, reason)).rejects.toMatchObject(refused)
  await expect(restore(session, id, reason)).rejects.toMatchObject(refused)
  expect(await lessonBySlug(slug, 'sizhi')).not.toBeNull()
  expect(await linesAbout(id)).toEqual(lines)
})

test('what is in no library cannot be withdrawn', async () => {
  await expect(withdraw(publisher, 'lsn-none', reason)).rejects.toMatchObject({ kind: 'not-found' })
})

test('a reason has at least five letters and at most two hundred', () => {
  const of = (text: string) => ReasonForm.safeParse({ document: id, reason: text }).error?.issues[0]?.message
  expect(of('  有误。 ')).toBe('写明原因，至少5个字。')
  expect(of('误'.repeat(201))).toBe('太长，请控制在200字以内。')
  expect(of('引文有误。')).toBeUndefined()
})

// Taking the test of a course from its page: handed in once, recorded whole or not at all, and never item by item.
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { offersTest } from '#course/course-test/bank.server.ts'
import { prefixOf } from '#course/course-test/paper.ts'
import { forgetShown } from '#course/course-test/reading-time.server.ts'
import { sittingOf } from '#course/course-test/sitting.server.ts'
import { takeCourseTest } from '#course/course-test/take.server.ts'
import { courseBySlug, itemsOf, lessonBySlug, publishedCourses } from '#course/library.server.ts'
import { read } from '#db/database.server.ts'
import { event as eventTable } from '#db/schema/record.ts'
import { mulberry32 } from '#demo/random.ts'
import { grade } from '#quiz/grade.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { blindAnswer, rightAnswer } from '#quiz/say-answer.ts'
import { record } from '#record/record.server.ts'
import { sayEvent } from '#record/say-event.ts'
import { find } from '#search/find.server.ts'
import { filledForm } from '../../quiz/filled-form.ts'
import * as happen from '../../record/happenings.ts'
import { realLibrary, sessionOf, showAgain, withdraw } from '../real-library.ts'

realLibrary()
const clock = happen.stoppedClock('2026-11-10T02:00:00.000Z')
const slug = 'jiafeng-jiaxun'
const day = 86_400
/** Longer than anybody needs to read ten questions. */
const minutes = 3 * 60

async function bankOf(course = slug): Promise<ReadonlyMap<string, Item>> {
  const found = await courseBySlug(course)
  if (!found) throw new Error(`There is no course ${course}.`)
  return itemsOf(found.revisionId)
}

/** As wrong as can be, and complete: the worst of many that are given blindly. */
function wrongAnswer(item: Item): Answer {
  const random = mulberry32(1)
  const points = (answer: Answer) => {
    const graded = grade(item, answer)
    return graded.type === 'graded' ? graded.earned : Infinity
  }
  const answers = Array.from({ length: 200 }, () => blindAnswer(item, random))
  return answers.reduce((worst, answer) => (points(answer) < points(worst) ? answer : worst))
}

/** The form of the paper that a person has had before them for some minutes; `wrong` says which questions are answered wrongly. */
async function filled(person: string, wrong: (number: number) => boolean = () => false, course = slug) {
  const form = await filledAtOnce(person, wrong, course)
  clock.advance(minutes)
  return form
}

async function filledAtOnce(person: string, wrong: (number: number) => boolean = () => false, course = slug) {
  const sitting = await sittingOf(person, course)
  if (!sitting?.paper) throw new Error('There is no paper.')
  const bank = await bankOf(course)
  const form = new FormData()
  form.set('course', course)
  form.set('mark', sitting.paper.mark)
  for (const [index, { id }] of sitting.paper.questions.entries()) {
    const item = bank.get(id)
    if (!item) throw new Error(`${id} is not in the bank.`)
    const answer = wrong(index + 1) ? wrongAnswer(item) : rightAnswer(item)
    for (const [name, value] of filledForm(answer, id))
      if (!['item', 'lesson', 'event'].includes(name)) form.append(`${prefixOf(id)}${name}`, value)
  }
  return form
}

const take = (person: string, form: FormData) => takeCourseTest(sessionOf(person), form)
const handed = { type: 'handed', again: false }
const eventsOf = (person: string, kind: string) =>
  read
    .select()
    .from(eventTable)
    .where(and(eq(eventTable.personId, person), eq(eventTable.kind, kind)))
const factsOf = async (person: string, kind: string) =>
  (await eventsOf(person, kind)).map(({ payload }) => JSON.parse(payload ?? '') as Record<string, unknown>)

test('who passes has the lessons of the course, with each answer on record as of a test that nobody watched', async () => {
  const person = happen.somebody()
  expect(await take(person, await filled(person, (number) => number <= 2))).toEqual(handed)
  const answers = await factsOf(person, 'question-answered')
  expect(answers).toHaveLength(10)
  for (const answer of answers) expect(answer).toMatchObject({ mode: 'test', lesson: null, edition: null })
  const course = await courseBySlug(slug)
  const [tested, ...more] = await factsOf(person, 'course-tested')
  expect(more).toEqual([])
  expect(tested).toMatchObject({ course: course?.id, nature: 'compulsory', possible: 10, passShare: 0.8 })
  expect(tested?.['lessons']).toEqual(
    course?.lessons.map(({ id: lesson, edition, revisionId: revision, title, minutes }) => ({
      ...{ lesson, edition, revision, title, minutes },
    })),
  )
  const credits = await happen.creditsInOrder(person)
  expect(credits.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining([...(course?.lessons.map(({ id }) => id) ?? []), `test:${course?.id}`]),
  )
  expect(credits.reduce((sum, { hours }) => sum + hours, 0)).toBe(1.5)
  const { evidence } = await happen.derivedOf(person)
  expect(new Set(evidence?.map((one) => (one as { body: { kind: string } }).body.kind))).toEqual(
    new Set(['unsupervised-test']),
  )

  const after = await sittingOf(person, slug)
  expect(after).toMatchObject({ paper: null, againOn: '2027-01-01', count: 10, level: 8 })
  expect(after?.last).toMatchObject({ passed: true, hours: 1.5, bonus: 0.5, study: [], on: '2026-11-10' })
  expect(after?.last?.lessons.every(({ granted }) => granted)).toBe(true)
})

test('who fails has nothing of it but what to study, worst lesson first, and waits two weeks', async () => {
  clock.set('2026-11-11T02:00:00.000Z')
  const person = happen.somebody()
  expect(await take(person, await filled(person, () => true))).toEqual(handed)
  expect(await happen.creditsInOrder(person)).toEqual([])
  const after = await sittingOf(person, slug)
  expect(after).toMatchObject({ paper: null, againOn: '2026-11-25', last: { passed: false, hours: 0 } })
  expect(after?.last?.study.length).toBe(5)
  expect(after?.last?.study[0]?.href).toMatch(/^\/courses\/jiafeng-jiaxun\/[a-z-]+$/)

  const refusal = { kind: 'closed', message: '现在还不能测试，没有记录。', hint: '2026-11-25起可以再测。' }
  clock.advance(13 * day)
  const forged = new FormData()
  for (const [name, value] of Object.entries({ course: slug, mark: '1.x' })) forged.set(name, value)
  await expect(take(person, forged)).rejects.toMatchObject(refusal)
  expect((await sittingOf(person, slug))?.paper).toBeNull()

  clock.advance(day)
  const [first] = await factsOf(person, 'course-tested')
  const second = await sittingOf(person, slug)
  const asked = second?.paper?.questions.map(({ id }) => id) ?? []
  const unseen = [...(await bankOf()).keys()].filter((id) => !(first?.['items'] as string[]).includes(id))
  expect(asked).toEqual(expect.arrayContaining(unseen))
  expect(await take(person, await filled(person))).toEqual(handed)
  expect((await happen.creditsInOrder(person)).length).toBe(6)
})

test('lessons are listed by the share that went wrong, and what was all right is not listed', async () => {
  clock.set('2026-12-01T02:00:00.000Z')
  const person = happen.somebody()
  const sitting = await sittingOf(person, 'hongse-wenhua')
  const bank = await bankOf('hongse-wenhua')
  const course = await courseBySlug('hongse-wenhua')
  const texts = await Promise.all(
    (course?.lessons ?? []).map(async ({ slug: at, id }) => ({
      id,
      text: JSON.stringify((await lessonBySlug('hongse-wenhua', at))?.sections).replaceAll('\\n', ''),
    })),
  )
  const lessonOf = (id: string) =>
    texts.find(({ text }) => text.includes((bank.get(id)?.passage ?? '?').slice(0, 12)))?.id
  const lessons = sitting?.paper?.questions.map(({ id }) => lessonOf(id)) ?? []
  const [all, one] = [course?.lessons[2], course?.lessons[0]]
  const first = lessons.indexOf(one?.id)
  await take(
    person,
    await filled(
      person,
      (number) => lessons[number - 1] === all?.id || number - 1 === first,
      'hongse-wenhua',
    ),
  )
  const study = (await sittingOf(person, 'hongse-wenhua'))?.last?.study
  expect(study?.map(({ title }) => title)).toEqual([all?.title, one?.title])
})

test('handed in twice, by a double click or on two devices, it counts once', async () => {
  const person = happen.somebody()
  const [here, there] = [await filled(person), await filled(person, () => true)]
  const replies = await Promise.all([take(person, here), take(person, here), take(person, there)])
  expect(replies.filter((reply) => reply.type === 'handed' && !reply.again)).toHaveLength(1)
  expect(await take(person, there)).toEqual({ type: 'handed', again: true })
  expect(await eventsOf(person, 'course-tested')).toHaveLength(1)
  expect(await eventsOf(person, 'question-answered')).toHaveLength(10)
})

test('an incomplete paper records nothing and says what is missing; the same paper completed is taken', async () => {
  const person = happen.somebody()
  const whole = await filled(person)
  const third = (await sittingOf(person, slug))?.paper?.questions[2]?.id ?? ''
  const partly = new FormData()
  for (const [name, value] of whole) if (!name.startsWith(prefixOf(third))) partly.append(name, value)
  expect(await take(person, partly)).toMatchObject({
    type: 'incomplete',
    changed: false,
    blanks: [{ item: third, number: 3 }],
  })
  expect(await eventsOf(person, 'course-tested')).toEqual([])
  expect(await eventsOf(person, 'question-answered')).toEqual([])
  expect(await take(person, whole)).toEqual(handed)
})

test('a paper that could not be read yet is not graded; a while later the same answers are taken', async () => {
  const person = happen.somebody()
  const form = await filledAtOnce(person)
  const early = await take(person, form)
  const seconds = early.type === 'early' ? early.seconds : 0
  // Ten questions, none read in less than two seconds and none given more than twelve.
  expect(seconds).toBeGreaterThan(20)
  expect(seconds).toBeLessThanOrEqual(120)
  clock.advance(seconds - 1)
  // Looking at it again, or sending it again, begins nothing anew.
  await sittingOf(person, slug)
  expect(await take(person, form)).toEqual({ type: 'early', seconds: 1 })
  expect(await eventsOf(person, 'course-tested')).toEqual([])
  expect(await eventsOf(person, 'question-answered')).toEqual([])
  clock.advance(1)
  expect(await take(person, form)).toEqual(handed)
})

test('who never opened the page, or whose page is older than the process, reads from the first hand-in on', async () => {
  const person = happen.somebody()
  const form = await filled(person)
  forgetShown()
  const early = await take(person, form)
  expect(early).toMatchObject({ type: 'early' })
  expect(await eventsOf(person, 'question-answered')).toEqual([])
  clock.advance(early.type === 'early' ? early.seconds : 0)
  expect(await take(person, form)).toEqual(handed)
})

test('what one person has read, no other has, and the test of one course is not that of another', async () => {
  const [reader, other] = [happen.somebody(), happen.somebody()]
  await filled(reader)
  expect(await take(other, await filledAtOnce(other))).toMatchObject({ type: 'early' })
  const elsewhere = await filledAtOnce(reader, () => false, 'cunji-quanli')
  expect(await take(reader, elsewhere)).toMatchObject({ type: 'early' })
})

test('a whole paper of another wording is not graded by this one: it is shown again, answers and all', async () => {
  const person = happen.somebody()
  const form = await filled(person)
  form.set('mark', '0.older')
  expect(await take(person, form)).toEqual({ type: 'incomplete', blanks: [], changed: true })
  expect(await eventsOf(person, 'question-answered')).toEqual([])
})

test('what was withdrawn meanwhile is not asked and not granted; the old page is told that it has changed', async () => {
  const person = happen.somebody()
  const before = await filled(person)
  await withdraw('lsn-sizhi', '引文归属有疑')
  expect(await take(person, before)).toMatchObject({ type: 'incomplete', changed: true })
  expect(await eventsOf(person, 'course-tested')).toEqual([])
  const now = await sittingOf(person, slug)
  const asked = now?.paper?.questions.map(({ id }) => id)
  for (const gone of ['itm-jiafeng-test-1', 'itm-jiafeng-test-2']) expect(asked).not.toContain(gone)
  expect(await take(person, await filled(person))).toEqual(handed)
  await showAgain('lsn-sizhi')
  const [tested] = await factsOf(person, 'course-tested')
  const granted = (tested?.['lessons'] as { lesson: string }[]).map(({ lesson }) => lesson)
  expect(granted).toHaveLength(4)
  expect(granted).not.toContain('lsn-sizhi')
})

test('with too few items left there is no test, and where there never was one neither', async () => {
  const lessons = (await courseBySlug(slug))?.lessons.map(({ id }) => id) ?? []
  for (const lesson of lessons.slice(0, 4)) await withdraw(lesson, null)
  expect(await sittingOf('p', slug)).toBeNull()
  const form = new FormData()
  form.set('course', slug)
  await expect(take('p', form)).rejects.toMatchObject({
    kind: 'not-found',
    message: '没有找到这份测试。',
  })
  for (const lesson of lessons) await showAgain(lesson)
  expect(await sittingOf('p', 'no-such')).toBeNull()
  for (const course of await publishedCourses()) expect(await offersTest(course)).toBe(true)
})

test('the test of a withdrawn course says that it was withdrawn', async () => {
  const course = await courseBySlug('cunji-quanli')
  await withdraw(course?.id ?? '', '正在修订')
  await expect(sittingOf('p', 'cunji-quanli')).rejects.toMatchObject({ kind: 'closed' })
  await showAgain(course?.id ?? '')
})

test('a try that was taken back gives its lessons back, and the next one is open at once', async () => {
  clock.advance(day)
  const person = happen.somebody()
  await take(person, await filled(person))
  const [tested] = await eventsOf(person, 'course-tested')
  await record(happen.corrected({ person, corrects: tested?.id ?? '' }))
  expect(await happen.creditsInOrder(person)).toEqual([])
  expect(await sittingOf(person, slug)).toMatchObject({ againOn: null, last: null })
  expect(await take(person, await filled(person))).toEqual(handed)
  expect((await happen.creditsInOrder(person)).map(({ hours }) => hours)).toContain(0.5)
})

test('nothing of a test stands beside a lesson, in its course, or in what can be found', async () => {
  for (const { slug: course, lessons } of await publishedCourses()) {
    const bank = await bankOf(course)
    expect(JSON.stringify(await courseBySlug(course))).not.toMatch(/itm-/)
    for (const lesson of lessons) {
      const open = await lessonBySlug(course, lesson.slug)
      for (const id of bank.keys()) {
        expect([...(open?.questions.keys() ?? [])]).not.toContain(id)
        expect(JSON.stringify(open?.tree)).not.toContain(id)
      }
    }
  }
  // A word that stands in an item and nowhere else.
  expect(JSON.stringify([...(await bankOf('cunji-quanli')).values()])).toContain('割草机')
  expect(JSON.stringify(await find({ q: '割草机' }))).not.toMatch(/itm-|割草机?"/)
})

test('a receipt of the test tells its points, one of an answer does not say whether it was right', async () => {
  const person = happen.somebody()
  await take(person, await filled(person, (number) => number === 1))
  const say = async (kind: string) =>
    (await factsOf(person, kind)).map((facts) => sayEvent(kind, facts, () => '题干'))
  expect(new Set(await say('question-answered')).size).toBe(1)
  expect(await say('course-tested')).toEqual([
    expect.stringMatching(/^《家风家训》课程测试，无人监考，得9(\.\d+)?分，满分10分，8分通过，通过$/),
  ])
})

// A person's own page: what is owed and done, what the library can give, what to go on with, and why each number is so.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { assignment, person as personTable, unit } from '#db/schema/people.ts'
import { wrongAnswer } from '#demo/answer.ts'
import { itemsOf } from '#course/library.server.ts'
import { closeStudy } from '#course/study.server.ts'
import { wantSuggestions } from '#people/suggestions.server.ts'
import { evidenceInWords } from '#plan/evidence-words.server.ts'
import { overviewOf } from '#plan/overview.server.ts'
import { isOpen } from '#record/capability/next-step.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { record } from '#record/record.server.ts'
import { Page, realLibrary, send, sessionOf, withdraw } from '../course/real-library.ts'
import * as happen from '../record/happenings.ts'
import { nanjing } from '../record/published-rules.ts'
import { random } from '../support/evidence.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Somebody with these posts in one village. */
async function holder(...posts: string[]): Promise<string> {
  const id = happen.somebody()
  const createdAt = clock.iso
  await write(async (tx) => {
    const village = { id: 'u1', path: '/u1/', name: '清溪村', kind: 'village' as const, createdAt }
    await tx.insert(unit).values(village).onConflictDoNothing()
    await tx.insert(personTable).values({ id, number: id, name: '张三', createdAt })
    for (const [i, post] of posts.entries())
      await tx
        .insert(assignment)
        .values({ id: `${id}-${i}`, personId: id, unitId: 'u1', post, fromOn: '2026-01-01', main: i === 0 })
  })
  return id
}

const metersOf = async (person: string) =>
  (await overviewOf(person)).meters.map(({ requirement, done, left }) => [requirement.id, done, left])

test('a new village secretary sees what is owed, what the library can give, and an empty map', async () => {
  const overview = await overviewOf(await holder('village-secretary', 'party-affairs'))
  expect(overview.held.map(({ postName, main }) => [postName, main])).toEqual([
    ['村党组织书记', true],
    ['党务干部', false],
  ])
  expect(overview.meters.map(({ requirement, done, left }) => [requirement.id, done, left])).toEqual([
    ['online-50', 0, 50],
    ['village-56', 0, 56],
  ])
  expect(overview.worth).toEqual({ whole: 7, left: 7 })
  expect(overview.resume).toBeNull()
  expect(overview.evidence.size).toBe(0)
  // The bank holds nothing here: lessons are all there is.
  expect(overview.steps?.map(({ candidate }) => candidate.sort)).toEqual(['lesson'])
})

test('a finished lesson fills the online meter only, and what the library can still give gets less', async () => {
  const person = await holder('village-secretary')
  const page = await Page.open(person, 'lsn-sizhi', clock)
  expect((await overviewOf(person)).resume?.id).toBe('lsn-sizhi')
  await page.answer()
  await page.read(600, { finish: true })
  await record(happen.attended({ person, hours: 4 }))
  expect(await metersOf(person)).toEqual([
    ['online-50', 0.25, 49.75],
    ['village-56', 4, 52],
  ])
  const overview = await overviewOf(person)
  expect(overview.worth).toEqual({ whole: 7, left: 6.75 })
  expect(overview.resume).toBeNull()
  expect(overview.beliefOf('openness').pieces).toBe(1)
  expect(overview.beliefOf('recovery').pieces).toBe(0)
})

test('the next step is never a check that was answered within half a year', async () => {
  const person = await holder('supervision-director')
  const next = random(3)
  for (let i = 0; i < 60; i++) {
    const [step] = (await overviewOf(person)).steps ?? []
    if (!step) break
    const page = await Page.open(person, step.candidate.id, clock)
    for (const item of (await itemsOf(page.lesson.revision)).values())
      expect(await send(person, page.lesson.id, item.id, wrongAnswer(next, item))).toMatchObject({
        firstTry: true,
      })
    await closeStudy(person, { segment: page.segment })
  }
  expect((await overviewOf(person)).steps).toEqual([])
  clock.advance(180 * 86_400)
  expect((await overviewOf(person)).steps).not.toEqual([])
})

test('each piece of evidence is said in words, also when its lesson was withdrawn', async () => {
  const person = await holder('grid-worker')
  clock.advance(60)
  await send(person, 'lsn-jian', 'itm-jian-1', { kind: 'true-false', choice: true })
  await record(happen.observed({ person, indicator: 'fact-finding', observedOn: '2026-03-01' }))
  await withdraw('lsn-jian', null)
  const pieces = (await overviewOf(person)).evidence.get('fact-finding') ?? []
  const words = (await evidenceInWords(pieces)).map(({ text }) => text)
  expect(words[0]).toBe('现场看到的做法，“摸清情况”对照五条行为记为四级：调解室里先听双方说完。')
  expect(words[1]).toMatch(/^检查题“.{10,}”，得[01]分，满分1分$/)
  expect(await evidenceInWords([])).toEqual([])
})

test('a post that ended this year is owed for by its days, and says so', async () => {
  const person = await holder()
  clock.set('2026-07-10T02:00:00.000Z')
  const held = { personId: person, unitId: 'u1', main: true }
  await write((tx) =>
    tx.insert(assignment).values([
      { ...held, id: `${person}-a`, post: 'village-secretary', fromOn: '2024-01-01', toOn: '2026-06-30' },
      { ...held, id: `${person}-b`, post: 'grid-worker', fromOn: '2026-07-01' },
    ]),
  )
  const { held: now, meters } = await overviewOf(person)
  expect(now.map(({ post }) => post)).toEqual(['grid-worker'])
  expect(meters.map(({ requirement, owed, heldDays }) => [requirement.id, owed, heldDays])).toEqual([
    ['online-50', 50, 365],
    ['village-56', 28, 181],
  ])
})

test('under a rule set with yearly targets a person sees them, with what last year left over', async () => {
  clock.set('2026-12-01T02:00:00.000Z')
  const person = await holder('grid-worker')
  expect((await overviewOf(person)).account).toBeNull()
  await putInForce(nanjing)
  const hours = { person, nature: 'compulsory' as const, startOn: '2026-11-01', endOn: '2026-11-30' }
  await record(happen.imported({ ...hours, title: '网络必修', meter: 'online', hours: 12 }))
  await record(happen.imported({ ...hours, title: '党校主体班', hours: 80 }))
  expect((await overviewOf(person)).account).toMatchObject({
    year: 2026,
    total: 92,
    met: true,
    carriedOut: 8,
  })
  clock.set('2027-02-01T02:00:00.000Z')
  expect((await overviewOf(person)).account).toMatchObject({ year: 2027, carriedIn: 8, total: 8, met: false })
})

test('who wants no suggestions has none computed, and has the map all the same', async () => {
  clock.set('2026-12-01T02:00:00.000Z')
  const person = await holder('grid-worker')
  expect((await overviewOf(person)).steps).not.toEqual([])
  await wantSuggestions(sessionOf(person), { want: 'no' })
  const { steps, wanted, map } = await overviewOf(person)
  expect([steps, wanted]).toEqual([null, false])
  expect(map.dimensions.flatMap(({ indicators }) => indicators).some(isOpen)).toBe(true)
})

test('the map of a day before has the evidence, the lessons and the posts of that day, aged to it', async () => {
  clock.set('2027-03-10T02:00:00.000Z')
  const person = await holder('grid-worker')
  const page = await Page.open(person, 'lsn-sizhi', clock)
  await page.answer()
  await page.read(600, { finish: true })
  await record(happen.observed({ person, indicator: 'openness', observedOn: '2027-03-10', level: 4 }))
  await write((tx) =>
    tx
      .update(assignment)
      .set({ toOn: '2027-06-30' })
      .where(eq(assignment.id, `${person}-0`)),
  )
  await write((tx) =>
    tx.insert(assignment).values({
      ...{ id: `${person}-new`, personId: person, unitId: 'u1', post: 'village-secretary' },
      ...{ fromOn: '2027-07-01', main: true },
    }),
  )
  clock.set('2028-03-09T02:00:00.000Z')
  await record(happen.observed({ person, indicator: 'openness', observedOn: '2028-03-09', level: 2 }))

  const at = async (on?: string) => {
    const { map, beliefOf, ...drawn } = await overviewOf(person, on)
    const openness = map.dimensions
      .flatMap(({ indicators }) => indicators)
      .find(({ id }) => id === 'openness')
    return { ...drawn, map, openness, belief: beliefOf('openness') }
  }
  const before = await at('2027-03-09')
  expect([before.openness?.pieces, before.openness?.coverage, before.evidence.size]).toEqual([0, 0, 0])
  const then = await at('2027-03-10')
  expect(then.map.asOfOn).toBe('2027-03-10')
  expect(then.openness?.kinds).toBe(2)
  expect(then.openness?.coverage).toBe(1)
  expect(then.heldThen.map(({ post }) => post)).toEqual(['grid-worker'])
  expect(then.held.map(({ post }) => post)).toEqual(['village-secretary'])
  expect(then.steps).toBeNull()
  expect(then.firstOn).toBe('2027-03-10')
  const aged = await at('2028-03-08')
  expect(aged.openness?.pieces).toBe(then.openness?.pieces)
  expect(aged.belief.sd).toBeGreaterThan(then.belief.sd)
  expect(Math.abs(aged.belief.mean)).toBeLessThan(Math.abs(then.belief.mean))
  expect(aged.heldThen.map(({ post }) => post)).toEqual(['village-secretary'])
  const now = await at()
  expect(now.openness?.pieces).toBe((then.openness?.pieces ?? 0) + 1)
  expect(now.belief.mean).toBeLessThan(aged.belief.mean)
  expect(now.map).toEqual((await at('2028-03-09')).map)
})

test('what was shown today is for the person first, and for others from tomorrow on', async () => {
  clock.set('2029-05-01T02:00:00.000Z')
  const person = await holder('village-secretary')
  const see = (observedOn: string) => record(happen.observed({ person, indicator: 'openness', observedOn }))
  await see('2029-04-20')
  await see('2029-05-01')
  const pieces = async (viewer?: string) => {
    const { evidence, moves } = await overviewOf(person, undefined, viewer)
    return [evidence.get('openness')?.length, moves.length]
  }
  expect(await pieces()).toEqual([2, 1])
  expect(await pieces('officer')).toEqual([1, 0])
  clock.set('2029-05-02T02:00:00.000Z')
  expect(await pieces('officer')).toEqual([2, 1])
})

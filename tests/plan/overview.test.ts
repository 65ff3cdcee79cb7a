// A person's own page: what is owed and done, what the library can give, what to go on with, and why each number is so.
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { assignment, person as personTable, unit } from '#db/schema/people.ts'
import { wrongAnswer } from '#demo/answer.ts'
import { itemsOf } from '#course/library.server.ts'
import { closeStudy } from '#course/study.server.ts'
import { evidenceInWords } from '#plan/evidence-words.server.ts'
import { overviewOf } from '#plan/overview.server.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { record } from '#record/record.server.ts'
import { Page, realLibrary, send, withdraw } from '../course/real-library.ts'
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
  expect(overview.next?.candidate.id).toMatch(/^lsn-/)
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
    const step = (await overviewOf(person)).next
    if (!step) break
    const page = await Page.open(person, step.candidate.id, clock)
    for (const item of (await itemsOf(page.lesson.revision)).values())
      expect(await send(person, page.lesson.id, item.id, wrongAnswer(next, item))).toMatchObject({
        firstTry: true,
      })
    await closeStudy(person, { segment: page.segment })
  }
  expect((await overviewOf(person)).next).toBeNull()
  clock.advance(180 * 86_400)
  expect((await overviewOf(person)).next).not.toBeNull()
})

test('each piece of evidence is said in words, also when its lesson was withdrawn', async () => {
  const person = await holder('grid-worker')
  clock.advance(60)
  await send(person, 'lsn-jian', 'itm-jian-1', { kind: 'true-false', choice: true })
  await record(happen.observed({ person, indicator: 'fact-finding', observedOn: '2026-03-01' }))
  await withdraw('lsn-jian', null)
  const pieces = (await overviewOf(person)).evidence.get('fact-finding') ?? []
  const words = (await evidenceInWords(pieces)).map(({ text }) => text)
  expect(words[0]).toBe('现场看到的做法，对照行为描述为4级：调解室里先听双方说完。')
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

// Who takes which test on which day of the demo's year. Pure: the same county gives the same plan.
import { dayAfter } from '#day.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import { idsFrom } from '#demo/id.ts'
import type { DemoPerson, Zeal } from '#demo/people.ts'
import { between, chance, randomFor, whole } from '#demo/random.ts'
import { minuteToStudy } from '#demo/visit.ts'
import { writers, writtenPaper } from '#demo/written.ts'

/** One person takes one test once; instants in ms since 1970. */
export type PlannedTest = {
  /** Id of the attempt to be, and what its paper is drawn by. */
  id: string
  seed: string
  person: DemoPerson
  assessment: string
  startAt: number
  /** When it is handed in, at the latest. */
  endAt: number
  /** The code of the sitting; null at home. */
  code: string | null
}

/** A supervised test on a day of the year, with its code; `closed` where the trainer closed it in the end. */
export type PlannedSitting = {
  assessment: string
  code: string
  openAt: number
  closeAt: number | null
  tests: PlannedTest[]
}

const selfTest = 'asm-lianjie'
const supervisedTest = 'asm-zonghe'
const adaptiveTests = ['political', 'law', 'mass-work', 'research', 'emergency', 'integrity'].map(
  (dimension) => `asm-${dimension}`,
)

/** How likely somebody takes the self-test once and then again, an adaptive test, and comes to a sitting. */
const takes: Record<Zeal, { once: number; again: number; adaptive: number; sits: number }> = {
  full: { once: 1, again: 0.85, adaptive: 0.14, sits: 0.75 },
  middling: { once: 0.85, again: 0.4, adaptive: 0.05, sits: 0.36 },
  light: { once: 0.3, again: 0, adaptive: 0.02, sits: 0.06 },
  none: { once: 0, again: 0, adaptive: 0, sits: 0 },
}

/** Those whose tests are drawn: not the accounts that are printed, so that whoever looks may take every test. */
const drawn = (people: readonly DemoPerson[]) => people.filter(({ number }) => /^QX/.test(number))

/** The test that `learner` took at home, in the last week of the year. */
export const learnersTest = { assessment: 'asm-research', days: 350 }

/** Tests taken at home, alone, at the hours at which people study. */
export function planHomeTests(people: readonly DemoPerson[], year: Year): PlannedTest[] {
  const learner = people.filter(({ number }) => number === 'learner')
  return [
    ...drawn(people).flatMap((person) => homeTests(person, year)),
    ...learner.map((person) => atHome(person, learnersTest.assessment, year, learnersTest.days)),
  ]
}

function homeTests(person: DemoPerson, year: Year): PlannedTest[] {
  const random = randomFor('tests', person.number)
  const { once, again, adaptive } = takes[person.zeal]
  const first = whole(random, 45, 190)
  const second = first + whole(random, 25, 130)
  const selfTests = chance(random, once) ? [first, ...(chance(random, again) ? [second] : [])] : []
  const adaptives = adaptiveTests
    .filter(() => chance(random, adaptive))
    .map((assessment) => atHome(person, assessment, year, whole(random, 60, 345)))
  return [...selfTests.map((days) => atHome(person, selfTest, year, days)), ...adaptives].filter(isThere)
}

const isThere = ({ person: { closedOn }, endAt }: PlannedTest) =>
  closedOn === null || endAt < momentOf(closedOn, 0)

function atHome(person: DemoPerson, assessment: string, year: Year, days: number): PlannedTest {
  const random = randomFor('test', assessment, person.number, days)
  const startAt = Math.round(momentOf(dayAfter(year.firstOn, days), minuteToStudy(random)))
  const endAt = Math.round(startAt + between(random, 9, 27) * 60_000)
  return { ...mark(person, assessment, startAt), person, assessment, startAt, endAt, code: null }
}

function mark({ number }: DemoPerson, assessment: string, at: number): Pick<PlannedTest, 'id' | 'seed'> {
  const random = randomFor('attempt', number, assessment, at)
  const id = idsFrom(random)(at)
  return { id, seed: `${random()}` }
}

/**
 * Two Saturdays with the large paper; and the paper of short answers in the last week, whose sitting is left open, so that
 * whoever looks can take part.
 */
export function planSittings(people: readonly DemoPerson[], year: Year): PlannedSitting[] {
  const large = [
    { days: 173, code: '402815' },
    { days: 299, code: '731946' },
  ].map(({ days, code }) => {
    const sitting = { assessment: supervisedTest, code, day: dayAfter(year.firstOn, days) }
    const comes = ({ zeal, number }: DemoPerson) => chance(randomFor('sits', number, days), takes[zeal].sits)
    return sat(sitting, drawn(people).filter(comes), { shortest: 28, longest: 57, closes: 11 * 60 })
  })
  const small = { assessment: writtenPaper.id, code: '586203', day: dayAfter(year.firstOn, 352) }
  const who = drawn(people).filter(({ zeal, closedOn }) => zeal === 'full' && closedOn === null)
  const time = { shortest: 11, longest: 19, closes: null }
  return [...large, sat(small, who.slice(0, writers), time)]
}

/** Everybody begins within some minutes after nine. */
function sat(
  { assessment, code, day }: { assessment: string; code: string; day: string },
  people: readonly DemoPerson[],
  { shortest, longest, closes }: { shortest: number; longest: number; closes: number | null },
): PlannedSitting {
  const at = (minutes: number) => Math.round(momentOf(day, minutes))
  const tests = people.map((person): PlannedTest => {
    const random = randomFor('sitting', code, person.number)
    const begins = 9 * 60 + between(random, 2, 7)
    const [startAt, endAt] = [at(begins), at(begins + between(random, shortest, longest))]
    return { ...mark(person, assessment, startAt), person, assessment, startAt, endAt, code }
  })
  const closeAt = closes === null ? null : at(closes)
  return { assessment, code, openAt: at(9 * 60), closeAt, tests: tests.filter(isThere) }
}

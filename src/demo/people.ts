// The people of the invented county: who holds which post where, who moved in the course of the year, who left.
import { dayAfter } from '#day.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import type { County, DemoUnit } from '#demo/county.ts'
import { idsFrom } from '#demo/id.ts'
import { inventNames } from '#demo/names.ts'
import { pick, randomFor, shuffled, whole, type Random } from '#demo/random.ts'

export type DemoAssignment = {
  id: string
  unit: DemoUnit
  post: string
  fromOn: string
  /** Last day; null while it lasts. */
  toOn: string | null
  main: boolean
}

/** How much somebody did in the year: the county has full maps, middling ones and empty ones. */
export type Zeal = 'full' | 'middling' | 'light' | 'none'

export type DemoPerson = {
  id: string
  /** Staff number, also the name to sign in with. */
  number: string
  name: string
  assignments: DemoAssignment[]
  /** The last day of a closed account; null while it is open. */
  closedOn: string | null
  zeal: Zeal
  /** The unit whose training officer looks after this person: a township, or the county. */
  keeper: DemoUnit
}

type Seat = {
  posts: [string, DemoUnit][]
  keeper: DemoUnit
  number?: string
  former?: Former
  /** The day of the year on which its holder left and the account was closed. */
  leavesAfter?: number
}
/** What somebody held before, as days of the year: until which day. */
type Former = { post: string; unit: DemoUnit; days: number }

/** Everybody with a post, in the order of the units. */
export function inventPeople(county: County, year: Year): DemoPerson[] {
  const staying = seatsOf(county)
  const leaving = leavingSeats(county)
  const names = inventNames(staying.length + leaving.length)
  const zeals = zealsFor(staying.length)
  const makeId = idsFrom(randomFor('people'))
  const born = momentOf(year.firstOn, 8 * 60)
  return [...staying, ...leaving].map((seat, i) => {
    const { number, keeper, leavesAfter } = seat
    return {
      id: makeId(born),
      number: number ?? `QX${1001 + i}`,
      name: names[i] ?? '',
      assignments: assignmentsOf(seat, year, randomFor('post', i)),
      closedOn: leavesAfter === undefined ? null : dayAfter(year.firstOn, leavesAfter),
      zeal: leavesAfter === undefined ? (zeals[i] ?? 'middling') : 'middling',
      keeper,
    }
  })
}

function assignmentsOf(seat: Seat, { firstOn }: Year, random: Random): DemoAssignment[] {
  const makeId = idsFrom(random)
  const id = () => makeId(momentOf(firstOn, 8 * 60))
  const since = () => dayAfter(firstOn, -whole(random, 40, 1500))
  const { former, leavesAfter } = seat
  const toOn = leavesAfter === undefined ? null : dayAfter(firstOn, leavesAfter)
  const turnOn = former ? dayAfter(firstOn, former.days) : null
  const held = seat.posts.map(([post, unit], i): DemoAssignment => {
    const fromOn = turnOn ? dayAfter(turnOn, 1) : since()
    return { id: id(), unit, post, fromOn, toOn, main: i === 0 }
  })
  if (!former) return held
  const { post, unit } = former
  return [{ id: id(), unit, post, fromOn: since(), toOn: turnOn, main: true }, ...held]
}

function seatsOf(county: County): Seat[] {
  return [
    ...county.townships.flatMap(({ township, villages }, t) => [
      ...townshipSeats(township, t),
      ...villages.flatMap((village, v) => villageSeats(county, township, village, t * 4 + v)),
    ]),
    ...countySeats(county),
  ]
}

function townshipSeats(township: DemoUnit, t: number): Seat[] {
  const former = { post: 'party-affairs', unit: township, days: 121 }
  return [
    { posts: [['party-affairs', township]], keeper: township, ...(t === 0 && { number: 'officer' }) },
    { posts: [['party-affairs', township]], keeper: township },
    { posts: [['township-discipline', township]], keeper: township },
    { posts: [['township-discipline', township]], keeper: township, ...(t === 1 && { former }) },
  ]
}

/** Villages whose secretary is director too (一肩挑). */
const bothInOne = [0, 3, 6, 8, 10]

/** Villages whose director was something else until a day of the year. */
const directorsBefore: Record<number, [string, number]> = {
  4: ['grid-worker', 181],
  7: ['supervision-director', 273],
}

function villageSeats(county: County, township: DemoUnit, village: DemoUnit, v: number): Seat[] {
  const both = bothInOne.includes(v)
  const seat = (post: string, more: [string, DemoUnit][] = []): Seat => ({
    posts: [[post, village], ...more],
    keeper: township,
  })
  const secretary = seat('village-secretary', both ? [['village-director', village]] : [])
  const before = (post: string, days: number): Pick<Seat, 'former'> => ({
    former: { post, unit: village, days },
  })
  return [
    {
      ...secretary,
      ...(v === 0 && { number: 'learner' }),
      ...(v === 7 && before('village-director', 273)),
    },
    ...(both
      ? []
      : [{ ...seat('village-director'), ...(directorsBefore[v] && before(...directorsBefore[v])) }]),
    seat('supervision-director'),
    seat('grid-worker', v === 2 || v === 9 ? [['party-affairs', village]] : []),
    seat('grid-worker'),
    ...(village.name.endsWith('社区')
      ? [seat('social-worker'), seat('social-worker'), seat('social-worker')]
      : [seat('grid-worker'), firstSecretary(county, township, village, v)]),
    seat('party-affairs'),
  ]
}

/** Three of those sent to a village keep their post in the county; one was in another village before. */
function firstSecretary(county: County, township: DemoUnit, village: DemoUnit, v: number): Seat {
  const department = county.departments[v % county.departments.length]
  const own: [string, DemoUnit][] = v % 4 === 1 && department ? [['party-affairs', department]] : []
  const before = county.townships[2]?.villages[1]
  return {
    posts: [['first-secretary', village], ...own],
    keeper: township,
    ...(v === 6 && before && { former: { post: 'first-secretary', unit: before, days: 211 } }),
  }
}

function countySeats({ county, departments }: County): Seat[] {
  const [organisation, publicity, social, school, discipline] = departments as [
    DemoUnit,
    DemoUnit,
    DemoUnit,
    DemoUnit,
    DemoUnit,
  ]
  const seat = (post: string, unit: DemoUnit, number?: string): Seat => ({
    posts: [[post, unit]],
    keeper: county,
    ...(number && { number }),
  })
  return [
    seat('party-affairs', organisation, 'reader'),
    seat('party-affairs', organisation, 'reviewer'),
    seat('party-affairs', organisation, 'officer2'),
    seat('party-affairs', publicity, 'publisher'),
    seat('party-affairs', school, 'trainer'),
    seat('party-affairs', school, 'trainer2'),
    seat('social-worker', social),
    seat('social-worker', social),
    seat('township-discipline', discipline),
    seat('party-affairs', discipline),
  ]
}

/** Two people whose accounts were closed. */
function leavingSeats({ townships }: County): Seat[] {
  const place = (t: number, v: number) => townships[t]?.villages[v] as DemoUnit
  const keeper = (t: number) => townships[t]?.township as DemoUnit
  return [
    { posts: [['village-director', place(1, 0)]], keeper: keeper(1), leavesAfter: 181 },
    { posts: [['grid-worker', place(0, 2)]], keeper: keeper(0), leavesAfter: 150 },
  ]
}

const zealOf: Record<string, Zeal> = { f: 'full', m: 'middling', l: 'light', n: 'none' }

/** Of ten people two do everything, four a good part, three a little, one nothing. */
function zealsFor(count: number): Zeal[] {
  const ten = [...'ffmmmmllln'].map((letter) => zealOf[letter] ?? 'none')
  const random = randomFor('zeal')
  const tens = Array.from({ length: Math.floor(count / 10) }, () => ten).flat()
  return shuffled(random, [...tens, ...Array.from({ length: count % 10 }, () => pick(random, ten))])
}

/** The posts that somebody holds on a day. */
export function heldOn(person: DemoPerson, on: string): DemoAssignment[] {
  return person.assignments.filter(({ fromOn, toOn }) => fromOn <= on && (toOn === null || toOn >= on))
}

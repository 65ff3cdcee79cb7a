// The people of an invented province: counties of ten thousand, each with twenty townships of fourteen villages. Small
// provinces have one county, with fewer people in as many units.
import { v7 } from 'uuid'
import type { UnitKind } from '#people/roster/unit.ts'

const peopleOfCounty = 10_000
const townshipsOfCounty = 20
const villagesOfTownship = 14

export type Unit = { id: string; parentId: string | null; path: string; name: string; kind: UnitKind }

export type Person = {
  id: string
  unit: Unit
  /** The main post first; some hold two. */
  posts: string[]
}

export type Province = {
  province: Unit
  counties: Unit[]
  /** All of them, each after the one above it. */
  units: Unit[]
  /** The first belongs to the province itself and is its officer. */
  people: Person[]
  /** The officer of each county, in their order. */
  officers: Person[]
}

/** Draws up a province of so many people. */
export function drawUp(count: number): Province {
  const province = unitUnder(null, '清源省', 'department')
  const counties = Array.from({ length: Math.max(1, Math.round(count / peopleOfCounty)) }, (_, c) =>
    countyUnder(province, c),
  )
  const units = [province, ...counties.flatMap(({ units }) => units)]
  const first = personIn(province, ['party-affairs'])
  const members = counties.map((county, c) => {
    // What cannot be divided evenly goes to the first counties; the first of all is one of the province.
    const share = Math.ceil((count - 1 - c) / counties.length)
    return Array.from({ length: share }, (_, i) => memberOf(county, i, share))
  })
  return {
    ...{ province, units, counties: counties.map(({ county }) => county) },
    people: [first, ...members.flat()],
    officers: members.flatMap(([officer]) => officer ?? []),
  }
}

type County = { county: Unit; townships: Unit[]; villages: Unit[]; units: Unit[] }

function unitUnder(parent: Unit | null, name: string, kind: UnitKind): Unit {
  const id = v7()
  return { id, parentId: parent?.id ?? null, path: `${parent?.path ?? '/'}${id}/`, name, kind }
}

function countyUnder(province: Unit, c: number): County {
  const county = unitUnder(province, `第${c + 1}县`, 'county')
  const below = Array.from({ length: townshipsOfCounty }, (_, t) => {
    const township = unitUnder(county, `第${t + 1}镇`, 'township')
    const villages = Array.from({ length: villagesOfTownship }, (_, v) =>
      unitUnder(township, `第${v + 1}村`, 'village'),
    )
    return { township, villages }
  })
  return {
    county,
    townships: below.map(({ township }) => township),
    villages: below.flatMap(({ villages }) => villages),
    units: [county, ...below.flatMap(({ township, villages }) => [township, ...villages])],
  }
}

const personIn = (unit: Unit, posts: string[]): Person => ({ id: v7(), unit, posts })

const postsOfVillage = [
  ...['village-secretary', 'village-director', 'supervision-director', 'first-secretary', 'party-affairs'],
  ...['grid-worker', 'grid-worker', 'grid-worker', 'grid-worker', 'social-worker'],
]

/** Of a hundred people two are in the organs of the county, fourteen in those of townships, the others in villages. */
function memberOf({ county, townships, villages }: County, i: number, all: number): Person {
  if (i < all * 0.02) return personIn(county, ['party-affairs'])
  if (i < all * 0.16)
    return personIn(at(townships, i), [i % 3 === 0 ? 'township-discipline' : 'party-affairs'])
  const post = at(postsOfVillage, Math.floor(i / villages.length))
  const both = post === 'village-secretary' && i % 2 === 0
  return personIn(at(villages, i), both ? [post, 'village-director'] : [post])
}

/** The one at a place of a ring. */
export const at = <T>(ring: readonly T[], i: number): T => ring[i % ring.length] as T

// Counts of units, moved by whatever happens to persons: at every moment they are what the people below them give.
import fc from 'fast-check'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { dayAfter, noonOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
import { belief, chain, event, evidence } from '#db/schema/record.ts'
import { placement, unitSize, unitTotal } from '#db/schema/units.ts'
import { erasePerson } from '#people/erase.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { renewStandings } from '#record/capability/renew.server.ts'
import { recountUnits, wrongUnits } from '#record/capability/unit/recount.server.ts'
import { sizesOf, totalsOf } from '#record/capability/unit/totals.server.ts'
import { measuredOf } from '#record/capability/unit/tally.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import * as happen from '../../happenings.ts'
import { sampleModel } from '../../../support/capability.ts'
import { freshDatabase } from '../../../support/database.ts'

freshDatabase()
useModel(sampleModel, [
  { id: 'low', name: '低', category: 'village', targets: { mediation: 2 } },
  { id: 'high', name: '高', category: 'village', targets: { mediation: 4 } },
])

const units = ['/c/', '/c/t1/', '/c/t2/', '/c/t1/v1/', '/c/t1/v2/', '/c/t2/v3/']
const ids = units.map((path) => path.split('/').at(-2) ?? '')
let today = '2026-03-01'
setClock(() => new Date(noonOf(today)))

beforeAll(() =>
  write(async (tx) => {
    for (const path of units) {
      const parts = path.split('/').filter(Boolean)
      await tx.insert(unit).values({
        ...{ id: parts.at(-1) ?? '', parentId: parts.at(-2) ?? null, path, name: path },
        ...{ kind: 'township', createdAt: noonOf(today) },
      })
    }
  }),
)

beforeEach(async () => {
  today = '2026-03-01'
  for (const table of [event, chain, evidence, belief, placement, unitSize, unitTotal, assignment, person])
    await write((tx) => tx.delete(table))
})

const people = ['p1', 'p2', 'p3']

async function arrive(id: string, unitId: string, post: string, fromOn = today, main = true) {
  await write(async (tx) => {
    await tx
      .insert(person)
      .values({ id, number: id, name: id, createdAt: noonOf(today) })
      .onConflictDoNothing()
    await tx.insert(assignment).values({ id: crypto.randomUUID(), personId: id, unitId, post, fromOn, main })
  })
}

const leave = (id: string) =>
  write((tx) =>
    tx
      .update(assignment)
      .set({ toOn: dayAfter(today, -1) })
      .where(eq(assignment.personId, id)),
  )

const see = (id: string, level: number) =>
  record(happen.observed({ person: id, indicator: 'mediation', level, observedOn: today }))
const answer = (id: string, item: string, earned: number) =>
  record(
    happen.answered({ person: id, indicator: 'mediation', item, earned, possible: 1, mode: 'supervised' }),
  )

/** Every unit's counts as a look at every person and belief gives them. */
async function countedByHand() {
  const rows = await read
    .select({ path: unit.path, person: placement.personId, status: belief.status, level: belief.level })
    .from(placement)
    .innerJoin(unit, eq(unit.id, placement.unitId))
    .leftJoin(belief, eq(belief.personId, placement.personId))
  return units.map((path, i) => {
    const below = rows.filter((row) => row.path.startsWith(path))
    const measured = below.filter(({ level }) => level !== null)
    const said = (status: string) => measured.filter((row) => row.status === status).length
    return {
      unit: ids[i],
      members: new Set(below.map((row) => row.person)).size,
      measured: measured.length,
      reached: said('reached'),
      notReached: said('not-reached'),
      levels: [1, 2, 3, 4, 5].map((n) => measured.filter(({ level }) => level === n).length),
    }
  })
}

async function stored() {
  const [totals, sizes] = await Promise.all([totalsOf(ids), sizesOf(ids)])
  return ids.map((id) => {
    const tally = totals.get(id)?.get('mediation')
    return {
      unit: id,
      members: sizes.get(id) ?? 0,
      measured: tally ? measuredOf(tally) : 0,
      reached: tally?.reached ?? 0,
      notReached: tally?.notReached ?? 0,
      levels: tally?.levels ?? [0, 0, 0, 0, 0],
    }
  })
}

const act = fc.oneof(
  fc.record({
    type: fc.constant('see' as const),
    who: fc.constantFrom(...people),
    level: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    type: fc.constant('answer' as const),
    who: fc.constantFrom(...people),
    n: fc.nat(9),
    right: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('arrive' as const),
    who: fc.constantFrom(...people),
    where: fc.constantFrom(...ids),
    post: fc.constantFrom('low', 'high', 'unknown'),
  }),
  fc.record({ type: fc.constant('leave' as const), who: fc.constantFrom(...people) }),
  fc.record({ type: fc.constant('wait' as const), days: fc.constantFrom(1, 40, 400, 1500) }),
  fc.record({ type: fc.constantFrom('night' as const, 'rebuild' as const) }),
  fc.record({ type: fc.constant('erase' as const), who: fc.constantFrom(...people) }),
)

test('whatever happens, each unit counts its people, once, and what is believed of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      today = '2026-03-01'
      for (const table of [
        event,
        chain,
        evidence,
        belief,
        placement,
        unitSize,
        unitTotal,
        assignment,
        person,
      ])
        await write((tx) => tx.delete(table))
      for (const id of people) await arrive(id, 'v1', 'low')
      for (const one of acts) {
        if (one.type === 'see') await see(one.who, one.level)
        if (one.type === 'answer') await answer(one.who, `itm-${one.n}`, one.right ? 1 : 0)
        if (one.type === 'arrive') {
          await leave(one.who)
          await arrive(one.who, one.where, one.post)
        }
        if (one.type === 'leave') await leave(one.who)
        if (one.type === 'wait') today = dayAfter(today, one.days)
        if (one.type === 'night') await renewStandings()
        if (one.type === 'rebuild') await rebuild(() => undefined)
        if (one.type === 'erase') await erasePerson(one.who, 'officer')
        expect(await stored()).toEqual(await countedByHand())
      }
      expect(await wrongUnits(read, async () => undefined)).toEqual([])
      // After a night it is also what would come out of the events today.
      await renewStandings()
      const rows = async () => ({
        beliefs: await read.select().from(belief).orderBy(belief.personId, belief.indicator),
        placements: await read.select().from(placement).orderBy(placement.personId),
        totals: await stored(),
      })
      const before = await rows()
      await rebuild(() => undefined)
      expect(await rows()).toEqual(before)
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('somebody with two posts counts once, at the main one, with the higher target', async () => {
  await arrive('p1', 't2', 'low', today, false)
  await arrive('p1', 'v1', 'high')
  await see('p1', 3)
  await answer('p1', 'itm-1', 1)
  const counted = Object.fromEntries((await stored()).map(({ unit: id, members }) => [id, members]))
  expect(counted).toEqual({ c: 1, t1: 1, t2: 0, v1: 1, v2: 0, v3: 0 })
  const [row] = await read.select({ status: belief.status }).from(belief)
  // Level three would be enough for the one post and is not for the other.
  expect(row?.status).not.toBe('reached')
})

test('who changes posts is judged by the new one from the next night on, and who moves is counted there', async () => {
  await arrive('p1', 'v1', 'high')
  for (const level of [3, 3, 3]) await see('p1', level)
  for (let n = 0; n < 6; n += 1) await answer('p1', `itm-${n}`, n % 2)
  expect((await read.select({ status: belief.status }).from(belief))[0]?.status).toBe('not-reached')
  await leave('p1')
  await arrive('p1', 'v3', 'low')
  expect(await renewStandings()).toEqual({ placed: 1, aged: 0 })
  expect((await read.select({ status: belief.status }).from(belief))[0]?.status).toBe('reached')
  const counted = Object.fromEntries((await stored()).map((row) => [row.unit, row.reached]))
  expect(counted).toEqual({ c: 1, t1: 0, t2: 1, v1: 0, v2: 0, v3: 1 })
})

test('what was shown once counts for less each year, until nobody is measured by it, without anybody looking', async () => {
  await arrive('p1', 'v1', 'low')
  await see('p1', 4)
  await answer('p1', 'itm-1', 1)
  const measured = async () => (await stored())[0]?.measured
  const said = [await measured()]
  for (let year = 0; year < 8; year += 1) {
    today = dayAfter(today, 365)
    await renewStandings()
    said.push(await measured())
  }
  expect([said[0], said.at(-1)]).toEqual([1, 0])
  expect(said.join('')).toMatch(/^1+0+$/)
})

test('a night that was missed is made up for in the next', async () => {
  await arrive('p1', 'v1', 'low')
  await see('p1', 4)
  await answer('p1', 'itm-1', 1)
  today = dayAfter(today, 3_000)
  expect(await renewStandings()).toEqual({ placed: 0, aged: 1 })
  expect(await renewStandings()).toEqual({ placed: 0, aged: 0 })
  expect((await stored())[0]?.measured).toBe(0)
})

test('counts that were spoilt are found by name, and made whole from below', async () => {
  for (const [i, id] of people.entries()) {
    await arrive(id, ['v1', 'v2', 'v3'][i] ?? '', 'low')
    await see(id, 4)
    await answer(id, 'itm-1', 1)
  }
  const before = await stored()
  await write((tx) =>
    tx
      .update(unitTotal)
      .set({ reached: sql`reached + 5` })
      .where(eq(unitTotal.unitId, 't1')),
  )
  await write((tx) => tx.delete(unitSize).where(eq(unitSize.unitId, 'v3')))
  const wrong = await wrongUnits(read, async () => undefined)
  expect(wrong).toContain('/c/t1/')
  expect(wrong).toContain('/c/t2/v3/')
  expect(await recountUnits(() => undefined)).toBeGreaterThan(0)
  expect(await stored()).toEqual(before)
  expect(await wrongUnits(read, async () => undefined)).toEqual([])
})

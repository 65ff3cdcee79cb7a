// Much study of one person, recorded at once, is what it would be recorded one by one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import type { Study } from '#record/events/event.ts'
import { deriveAgain, record, recordStudyIn } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { refusal } from '../people/house.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2029-06-01T02:00:00.000Z')

const recordAll = async (events: [Study, ...Study[]]) => {
  const inForce = await versionsInForce()
  await write((tx) => recordStudyIn(tx, events, inForce))
}

/** What was derived of somebody, without the names that differ between two people. */
const derivedOf = async (person: string, ids: Map<string, string>) => {
  const text = JSON.stringify(await happen.derivedOf(person)).replaceAll(person, 'he')
  return [...ids].reduce((said, [id, name]) => said.replaceAll(id, name), text)
}

/** Stretches of some lessons, ten minutes each at most, that may overlap. */
const stretches = fc.array(
  fc.record({
    lesson: fc.constantFrom('lsn-a', 'lsn-b'),
    opens: fc.boolean(),
    from: fc.integer({ min: 0, max: 3_600 }),
    seconds: fc.integer({ min: 0, max: 600 }),
    shared: fc.constantFrom(0, 20),
  }),
  { minLength: 1, maxLength: 12 },
)

test('hours, progress and refused time are those of one by one, and of a rebuild', async () => {
  await fc.assert(
    fc.asyncProperty(
      stretches,
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (all, together, turned) => {
        const [one, two] = [happen.somebody(), happen.somebody()]
        clock.advance(7_200)
        const began = clock.ms - 7_200_000
        const names = new Map<string, string>()
        const eventsFor = (person: string) => {
          // At one instant what is derived first is a matter of ids, not of the order in which it came.
          const ids = all.map(() => v7())
          if (turned) ids.reverse()
          return all.map(({ lesson, opens, from, seconds, shared }, i): Study => {
            const id = ids[i] ?? ''
            names.set(id, `event ${i}`)
            if (opens) return happen.opened({ id, person, lesson })
            const start = began + from * 1_000
            const refused: Record<string, number> = shared > 0 ? { 'shared-device': shared } : {}
            return happen.studied({ id, person, lesson, refused, spans: [[start, start + seconds * 1_000]] })
          })
        }
        const events = eventsFor(one)
        while (events.length > 0) await recordAll(events.splice(0, together) as [Study, ...Study[]])
        for (const event of eventsFor(two)) await record(event)
        const derived = await derivedOf(one, names)
        expect(derived).toBe(await derivedOf(two, names))
        const inForce = await versionsInForce()
        await write((tx) => deriveAgain(tx, one, inForce))
        expect(await derivedOf(one, names)).toBe(derived)
        expect(await verifyChain(one)).toMatchObject({ length: all.length, brokenAt: null })
      },
    ),
    { numRuns: 60 },
  )
})

test('the chain goes on from what was there and holds', async () => {
  const person = happen.somebody()
  await record(happen.opened({ person }))
  clock.advance(60)
  await recordAll([happen.studied({ person }), happen.studied({ person, lesson: 'lsn-b' })])
  await record(happen.opened({ person, lesson: 'lsn-c' }))
  expect(await verifyChain(person)).toMatchObject({ length: 4, brokenAt: null })
})

test('the same again counts once, also where some of it is new', async () => {
  const person = happen.somebody()
  const [first, second] = [happen.studied({ person }), happen.studied({ person, lesson: 'lsn-b' })]
  await recordAll([first])
  await recordAll([first, second])
  await recordAll([second, first])
  expect((await happen.eventsOf(person)).map(({ id }) => id)).toEqual([first.id, second.id])
  const other = recordAll([happen.studied({ person }), { ...first, lesson: 'lsn-c' }])
  expect(await refusal(other)).toMatchObject({ kind: 'invalid' })
  expect(await happen.eventsOf(person)).toHaveLength(2)
})

test('what comes after something later was derived is put in its place', async () => {
  const person = happen.somebody()
  clock.advance(86_400)
  await recordAll([happen.studied({ person, spans: [[clock.ms - 60_000, clock.ms]] })])
  clock.advance(-3_600)
  await recordAll([
    happen.opened({ person }),
    happen.studied({ person, spans: [[clock.ms - 60_000, clock.ms]] }),
  ])
  const derived = await happen.derivedOf(person)
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.derivedOf(person)).toEqual(derived)
  expect(derived.progress).toMatchObject([{ seconds: 120, openedAt: clock.iso }])
  clock.advance(3_600)
})

test('study of two people is never one chain', async () => {
  const [one, two] = [happen.somebody(), happen.somebody()]
  await expect(recordAll([happen.opened({ person: one }), happen.opened({ person: two })])).rejects.toThrow(
    'One chain',
  )
  expect(await happen.eventsOf(one)).toEqual([])
})

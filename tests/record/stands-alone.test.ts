// Hours from elsewhere come late as a rule, many at once; they are added and taken out without deriving the rest again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import type { Event } from '#record/events/event.ts'
import { standsAlone } from '#record/derive.ts'
import { deriveAgain, record } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2029-06-01T02:00:00.000Z')

test('only what no other credit depends on stands alone', () => {
  const person = happen.somebody()
  expect(standsAlone(happen.imported({ person }))).toBe(true)
  expect(standsAlone(happen.attended({ person }))).toBe(true)
  // An activity has caps: who was first counts.
  expect(standsAlone(happen.imported({ person, activity: 'party-school' }))).toBe(false)
  for (const event of happen.finished(person)) expect(standsAlone(event)).toBe(false)
})

/** A few things in the life of somebody, late and in time; some are taken back. */
const life = fc.array(
  fc.record({
    kind: fc.constantFrom('imported', 'imported', 'attended', 'lesson', 'taken-back'),
    day: fc.integer({ min: 1, max: 28 }),
    activity: fc.option(fc.constantFrom('party-school'), { nil: undefined }),
    which: fc.nat(20),
  }),
  { minLength: 1, maxLength: 14 },
)

test('whatever came late or was taken back: what is derived is what a rebuild derives', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (happenings) => {
      const person = happen.somebody()
      const told: Event[] = []
      for (const [i, { kind, day, activity, which }] of happenings.entries()) {
        clock.advance(3_600)
        const on = `2029-05-${String(day).padStart(2, '0')}`
        const title = `第${which % 4}期`
        const events: Event[] =
          kind === 'imported'
            ? [
                happen.imported({
                  person,
                  title,
                  startOn: on,
                  endOn: on,
                  hours: 1 + (which % 3),
                  ...(activity && { activity }),
                }),
              ]
            : kind === 'attended'
              ? [happen.attended({ person, title, on })]
              : kind === 'lesson'
                ? happen.finished(person, { lesson: `lsn-${i}`, course: 'crs-a' })
                : told
                    .slice(which % (told.length + 1), (which % (told.length + 1)) + 1)
                    .map(({ id }) => happen.corrected({ person, corrects: id }))
        for (const event of events) {
          const { repeated } = await record(event)
          if (event.kind !== 'event-corrected' && !repeated) told.push(event)
        }
      }
      const derived = await happen.derivedOf(person)
      const inForce = await versionsInForce()
      await write((tx) => deriveAgain(tx, person, inForce))
      expect(await happen.derivedOf(person)).toEqual(derived)
    }),
    { numRuns: 40 },
  )
})

test('what was taken back may be recorded again as it really was, however late', async () => {
  const person = happen.somebody()
  for (const event of happen.finished(person)) await record(event)
  const first = happen.imported({ person, startOn: '2029-02-01', endOn: '2029-02-02', hours: 8 })
  await record(first)
  await record(happen.corrected({ person, corrects: first.id }))
  const second = happen.imported({ person, startOn: '2029-02-01', endOn: '2029-02-02', hours: 16 })
  expect(await record(second)).toMatchObject({ id: second.id, repeated: false })
  const rows = await happen.creditsInOrder(person)
  expect(rows.map(({ hours, rule }) => [rule, hours])).toEqual([
    ['imported', 16],
    ['yunnan-2024@2024.1', 0.25],
  ])
})

// What an upheld objection gives back: to the lesson in which time was refused, and never more than that.
import { expect, test } from 'vitest'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { countGranted, countSegment } from '#record/hours/count.ts'
import { creditLesson } from '#record/hours/credit.ts'
import { Ledger, progressKey } from '#record/ledger.ts'
import * as happen from '../happenings.ts'

const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const person = 'p'

const received = <E extends object>(event: E) => ({
  ...event,
  receivedAt: clock.iso,
  effectiveAt: clock.iso,
})

/** A ledger with one visit of ten minutes, of which more was claimed. */
function afterVisit(refused: Record<string, number>) {
  const visit = happen.studied({ person, refused })
  const ledger = new Ledger(person)
  countSegment(ledger, received(visit))
  return { visit, ledger }
}

type Settled = EventOf<'dispute-settled'>
const granting = (event: string, seconds: number, more: Partial<Settled> = {}): Recorded<Settled> => {
  const granted = { lesson: 'lsn-a', edition: 1, seconds }
  return received(happen.settled({ person, about: `time:${event}`, outcome: 'upheld', granted, ...more }))
}

const secondsIn = (ledger: Ledger, lesson = 'lsn-a') => ledger.progress.get(progressKey(lesson, 1))?.seconds
const refusedIn = (ledger: Ledger) =>
  Object.fromEntries([...ledger.refused.values()].map(({ reason, seconds }) => [reason, seconds]))

test('time given back counts for the lesson in which it was refused, and is refused no more', () => {
  const { visit, ledger } = afterVisit({ 'faster-than-clock': 95 })
  countGranted(ledger, granting(visit.id, 60))
  expect(secondsIn(ledger)).toBe(660)
  expect(refusedIn(ledger)).toEqual({ 'faster-than-clock': 35 })
})

test('never more comes back than was refused, however much was written', () => {
  const { visit, ledger } = afterVisit({ 'faster-than-clock': 95, 'no-sign': 40 })
  countGranted(ledger, granting(visit.id, 100_000))
  expect(secondsIn(ledger)).toBe(735)
  expect(refusedIn(ledger)).toEqual({ 'faster-than-clock': 0, 'no-sign': 0 })
})

test('several objections to one visit are bounded together, in whatever order they were answered', () => {
  const results = [
    [100, 20],
    [20, 100],
  ].map((amounts) => {
    const { visit, ledger } = afterVisit({ 'no-sign': 40, 'faster-than-clock': 95 })
    for (const seconds of amounts) countGranted(ledger, granting(visit.id, seconds))
    return [secondsIn(ledger), refusedIn(ledger)]
  })
  expect(results[0]).toEqual([720, { 'no-sign': 15, 'faster-than-clock': 0 }])
  expect(results[1]).toEqual(results[0])
  const { visit, ledger } = afterVisit({ 'no-sign': 40 })
  for (const seconds of [40, 40, 40]) countGranted(ledger, granting(visit.id, seconds))
  expect(secondsIn(ledger)).toBe(640)
})

test.each<[string, (event: string) => Recorded<Settled>]>([
  ['an objection that was declined', (event) => granting(event, 60, { outcome: 'declined' })],
  ['an answer without an amount', (event) => granting(event, 60, { granted: undefined })],
  ['an objection to a grade', (event) => granting(event, 60, { about: `answer:${event}` })],
  ['an objection to another visit', () => granting('6f1d4f6e-0000-7000-8000-000000000000', 60)],
  [
    'an amount for another lesson',
    (event) => granting(event, 60, { granted: { lesson: 'lsn-b', edition: 1, seconds: 60 } }),
  ],
  [
    'an amount for another edition',
    (event) => granting(event, 60, { granted: { lesson: 'lsn-a', edition: 2, seconds: 60 } }),
  ],
])('%s gives nothing back', (_, settled) => {
  const { visit, ledger } = afterVisit({ 'faster-than-clock': 95 })
  countGranted(ledger, settled(visit.id))
  expect(secondsIn(ledger)).toBe(600)
  expect(refusedIn(ledger)).toEqual({ 'faster-than-clock': 95 })
  expect([...ledger.progress.keys()]).toEqual([progressKey('lsn-a', 1)])
})

test('a lesson that was finished meanwhile stays finished, also in the year after', () => {
  const { visit, ledger } = afterVisit({ 'faster-than-clock': 95 })
  creditLesson(ledger, received(happen.completed({ person, items: [] })), happen.yunnan)
  const before = ledger.progress.get(progressKey('lsn-a', 1))
  expect(before?.completedAt).toBe(clock.iso)
  clock.set('2027-01-05T02:00:00.000Z')
  countGranted(ledger, granting(visit.id, 95))
  expect(ledger.progress.get(progressKey('lsn-a', 1))).toMatchObject({
    ...before,
    seconds: 695,
    event: expect.any(String) as string,
  })
  clock.set('2026-03-10T02:00:00.000Z')
})

import { expect, test } from 'vitest'
import { sampleModel } from '../support/capability.ts'
import { sampleLesson } from './sample-lesson.ts'
import { dayOf } from '#day.ts'
import { demoYear } from '#demo/calendar.ts'
import { buildCounty } from '#demo/county.ts'
import { inventPeople } from '#demo/people.ts'
import { planYear } from '#demo/year.ts'
import { Event } from '#record/events/event.ts'

const year = demoYear('2026-11-22')
const plan = () => {
  const people = inventPeople(buildCounty(0), year)
  const lessons = ['one', 'two', 'three', 'four'].map((id) => ({ ...sampleLesson, id: `lsn-${id}` }))
  return { people, events: planYear({ year, people, model: sampleModel, lessons }) }
}
const { people, events } = plan()

test('the same year comes out every time, ids and all', () => {
  expect(plan().events).toEqual(events)
})

test('everything that happens could have come through the door of the record', () => {
  for (const event of events) expect(Event.safeParse(event)).toMatchObject({ success: true })
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
})

test('it happens in the order of time, inside the year, and to nobody who has left', () => {
  const times = events.map(({ at }) => at)
  expect(times).toEqual(times.toSorted())
  expect(dayOf(times[0] ?? '') >= year.firstOn && dayOf(times.at(-1) ?? '') <= year.lastOn).toBe(true)
  const closed = new Map(people.map(({ id, closedOn }) => [id, closedOn ?? '9999']))
  for (const { person, at } of events) expect(dayOf(at) < (closed.get(person) ?? '')).toBe(true)
})

test('nobody studies at night, nor longer than a quarter of an hour at a stretch', () => {
  for (const event of events) {
    if (event.kind !== 'segment-studied') continue
    const hour = (new Date(event.openedAt).getUTCHours() + 8) % 24
    expect(hour >= 7 && hour < 22).toBe(true)
    for (const [from, to] of event.spans) expect(to - from).toBeLessThan(15 * 60_000)
  }
})

test('what is taken back had happened before', () => {
  const corrections = events.filter((event) => event.kind === 'event-corrected')
  expect(corrections).toHaveLength(2)
  for (const { corrects, at, person } of corrections) {
    const earlier = events.find(({ id }) => id === corrects)
    expect(earlier?.person).toBe(person)
    expect((earlier?.at ?? '9') < at).toBe(true)
  }
})

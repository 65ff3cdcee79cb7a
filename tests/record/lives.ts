// Invented lives: everything that can happen to a person, in any mixture, so that laws of the record can be tried on
// them. The same life can be told twice under other ids, to compare what was derived.
import fc from 'fast-check'
import { onceKey } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import * as happen from './happenings.ts'

/** One thing of a life: how long after the one before it the server hears of it, and what it is. */
export type Thing = {
  /** `regraded`: an earlier answer is taken back and stands anew in its place. */
  kind: Exclude<Event['kind'], 'event-corrected'> | 'corrected' | 'regraded'
  gap: number
  lesson: number
  edition: number
  n: number
  back: number
  length: number
  bit: boolean
}

/** What is worth more tries, because more hangs on it, stands here more often. */
const kinds: Thing['kind'][] = [
  ...(['segment-studied', 'segment-studied', 'segment-studied', 'question-answered'] as const),
  ...(['question-answered', 'lesson-completed', 'lesson-completed', 'lesson-opened'] as const),
  ...(['practice-observed', 'hours-imported', 'hours-imported', 'attendance-recorded'] as const),
  ...([
    'course-tested',
    'course-tested',
    'attempt-handed-in',
    'dispute-settled',
    'dispute-settled',
    'corrected',
    'regraded',
  ] as const),
]

const thing: fc.Arbitrary<Thing> = fc.record({
  kind: fc.constantFrom(...kinds),
  // Minutes: 0 so that two arrive in one millisecond, a year so that a period ends and answers age.
  gap: fc.constantFrom(0, 1, 3, 40, 600, 600, 1500, 100_000, 280_000),
  lesson: fc.nat(2),
  edition: fc.constantFrom(1, 1, 1, 2),
  n: fc.nat(4),
  back: fc.nat(15),
  length: fc.integer({ min: 1, max: 15 }),
  bit: fc.boolean(),
})

/** How every life begins, so that there is something for what comes after it to touch. */
const beginning: Thing[] = [
  { kind: 'segment-studied', gap: 40, lesson: 0, edition: 1, n: 1, back: 0, length: 15, bit: true },
  { kind: 'question-answered', gap: 1, lesson: 0, edition: 1, n: 1, back: 1, length: 1, bit: true },
  { kind: 'lesson-completed', gap: 1, lesson: 0, edition: 1, n: 1, back: 0, length: 1, bit: false },
]

/** A life of so many things beside its beginning. */
export const life = (minLength: number, maxLength: number): fc.Arbitrary<Thing[]> =>
  fc.array(thing, { minLength, maxLength }).map((things) => [...beginning, ...things])

/** Numbers by which things are put in another order. */
export const keys = fc.array(fc.nat(1e6), { minLength: 40, maxLength: 40 })

export type Heard = { event: Event; receivedAt: string }

/** An id that sorts by number in every telling of a life. */
export const idOf = (telling: number, number: number) =>
  `${telling.toString(16).padStart(8, '0')}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

/** A life as the record hears it, under ids of its own; of two reports of one fact only the first. */
export function lifeOf(things: readonly Thing[], telling: number, person: string): Heard[] {
  let at = Date.parse('2026-03-01T00:00:00.000Z')
  const done = new Set<string>()
  const heard: Heard[] = []
  for (const [i, one] of things.entries()) {
    at += one.gap * 60_000
    const receivedAt = new Date(at).toISOString()
    for (const event of eventsOf(one, i, at, person, (number) => idOf(telling, number), heard)) {
      const once = onceKey(event) ?? event.id
      if (!done.has(once)) heard.push({ event, receivedAt })
      done.add(once)
    }
  }
  return heard
}

/** Of the things of one kind that were heard, the one so far back; undefined if there is none. */
function earlier<Kind extends Event['kind']>(heard: readonly Heard[], kind: Kind, back: number) {
  const such = heard.filter(({ event }) => event.kind === kind)
  const one = such.at(-1 - (back % Math.max(such.length, 1)))
  return one && { event: one.event as Extract<Event, { kind: Kind }>, receivedAt: one.receivedAt }
}

function eventsOf(
  one: Thing,
  i: number,
  at: number,
  person: string,
  id: (n: number) => string,
  heard: readonly Heard[],
): Event[] {
  // Ids run against the clock for some, so that of two in one millisecond either may be the first.
  const base = { id: id(one.bit ? i : 1000 - i), person, at: new Date(at).toISOString() }
  const takeBack = (corrects: string) => happen.corrected({ ...base, id: id(2000 + i), corrects })
  if (one.kind === 'corrected') {
    const target = heard.at(-1 - (one.back % Math.max(heard.length, 1)))?.event
    return !target || target.kind === 'event-corrected' ? [] : [takeBack(target.id)]
  }
  if (one.kind === 'regraded') {
    const wrong = earlier(heard, 'question-answered', one.back)
    if (!wrong || wrong.event.regrades) return []
    const regrades = { event: wrong.event.id, effectiveAt: wrong.receivedAt }
    return [takeBack(wrong.event.id), { ...wrong.event, ...base, earned: wrong.event.possible, regrades }]
  }
  return [eventOf(one.kind, one, i, at, base, heard)]
}

type Base = { id: string; person: string; at: string }

function eventOf(
  kind: Exclude<Thing['kind'], 'corrected' | 'regraded'>,
  one: Thing,
  i: number,
  at: number,
  base: Base,
  heard: readonly Heard[],
): Event {
  const lesson = { lesson: `lsn-${one.lesson}`, edition: one.edition, revision: `rev-${one.lesson}` }
  const day = new Date(at - one.back * 86_400_000).toISOString().slice(0, 10)
  const minute = (count: number) => at - count * 60_000
  switch (kind) {
    case 'lesson-opened':
      return happen.opened({ ...base, ...lesson })
    case 'segment-studied': {
      const first: [number, number] = [minute(one.back + one.length), minute(one.back)]
      return happen.studied({
        ...base,
        ...lesson,
        spans: one.bit ? [first] : [first, [minute(3), minute(0)]],
        refused: one.bit ? { 'faster-than-clock': one.n + 1, 'no-sign': one.length * 20 } : {},
        sections: one.n === 0 ? ['s1'] : ['s1', 's2'],
        ...(one.n > 2 && { silentSeconds: one.length * 10 }),
      })
    }
    case 'question-answered':
      return happen.answered({
        ...base,
        ...(one.n === 4 ? { lesson: null, edition: null } : { lesson: lesson.lesson, edition: one.edition }),
        ...{ earned: one.back % 3 === 0 ? one.n / 4 : 1, possible: 1 },
        ...{ item: `itm-${one.n % 2}`, indicator: one.n % 2 ? 'mediation' : 'openness' },
        mode: one.bit ? 'practice' : one.n > 2 ? 'test' : 'supervised',
      })
    case 'lesson-completed':
      return happen.completed({
        ...base,
        ...lesson,
        ...{ course: one.lesson < 2 ? 'crs-a' : 'crs-b', minutes: one.n + 1 },
        ...{ sections: one.bit ? ['s1'] : ['s1', 's2'], items: one.n % 2 ? ['itm-1'] : [] },
      })
    case 'course-tested': {
      const lessons = [0, 1, 2].map((n) => ({
        ...{ lesson: `lsn-${n}`, edition: one.edition, revision: `rev-${n}` },
        ...{ title: `第${n}课`, minutes: one.n + n + 1 },
      }))
      const own = one.lesson < 2 ? lessons.slice(0, 2) : lessons.slice(2)
      const course = one.lesson < 2 ? 'crs-a' : 'crs-b'
      return happen.tested({ ...base, course, lessons: own, earned: one.bit ? 8 : 7.999, possible: 10 })
    }
    case 'attempt-handed-in':
      return happen.handedIn({ ...base, attempt: `att-${base.person}-${one.n}`, supervised: one.bit })
    case 'practice-observed':
      return happen.observed({ ...base, observedOn: day, level: one.n + 1, rater: `officer-${one.lesson}` })
    case 'hours-imported':
      return happen.imported({
        ...base,
        ...{ title: `班${one.lesson}`, startOn: '2026-01-01', endOn: day, hours: one.n * 2 },
        ...(one.bit && { activity: 'study-group', nature: 'elective' as const }),
      })
    case 'attendance-recorded':
      return happen.attended({
        ...base,
        ...{ title: `会${i}`, on: day, meter: one.bit ? 'online' : 'concentrated' },
      })
    case 'dispute-settled': {
      const visit = earlier(heard, 'segment-studied', one.back)?.event
      const granted = visit && { lesson: visit.lesson, edition: visit.edition, seconds: one.length * 15 }
      return happen.settled({
        ...base,
        about: visit ? `time:${visit.id}` : 'cell:openness',
        ...{ dispute: base.id, outcome: one.n === 0 ? 'declined' : 'upheld' },
        ...(granted && one.n > 0 && { granted }),
      })
    }
  }
}

/** Any order that never takes back what has not been heard of. */
export function shuffled(heard: readonly Heard[], keys: readonly number[]): Heard[] {
  const order = heard
    .map((one, i) => ({ one, key: keys[i % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
  const corrections = order.filter(({ one }) => one.event.kind === 'event-corrected')
  const rest = order.filter(({ one }) => one.event.kind !== 'event-corrected').map(({ one }) => one)
  for (const { one, key } of corrections) {
    const target = 'corrects' in one.event ? one.event.corrects : ''
    const after = rest.findIndex(({ event }) => event.id === target) + 1
    rest.splice(Math.max(after, Math.round((key / 1e6) * rest.length)), 0, one)
  }
  return rest
}

/** What was derived, without what differs between two tellings. */
export async function derivedIn(person: string, telling: number) {
  const text = JSON.stringify(await happen.derivedOf(person))
  return JSON.parse(
    text.replaceAll(idOf(telling, 0).slice(0, 9), 'telling-').replaceAll(`"${person}"`, '"somebody"'),
  ) as Record<string, unknown[]>
}

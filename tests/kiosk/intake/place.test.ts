import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { place, type Contact, type Unplaced } from '#kiosk/intake/place.ts'

const minute = 60_000
const day = 24 * 60 * minute
const noon = Date.UTC(2026, 10, 27, 4)

type Step =
  | { is: 'runs'; ms: number }
  | { is: 'entry' }
  /** Off and on again; the wall clock says something else than what went by. */
  | { is: 'off'; ms: number; wrongBy: number }
  /** The reply is heard, or lost on its way. */
  | { is: 'hello'; heard: boolean; delay: number }

/** A screen that tells the truth but for its wall clock, and when each entry really happened. */
function live(steps: Step[]) {
  let [time, up, off, heard, seq] = [noon, 0, 0, 'c0', 0]
  const contacts: Contact[] = [{ id: 'c0', at: noon, heard: null, seq: 0, up: 0, off: 0 }]
  const entries: Omit<Unplaced, 'arrivedAt'>[] = []
  const happened = new Map<string, number>()
  const boots: number[] = []
  let boot = 0
  for (const step of steps) {
    if (step.is === 'runs') [time, up] = [time + step.ms, up + step.ms]
    if (step.is === 'off') {
      const seemed = Math.max(0, step.ms + step.wrongBy)
      ;[time, off, boot] = [time + step.ms, off + seemed, boot + 1]
    }
    if (step.is === 'entry') {
      const id = `e${++seq}`
      entries.push({ id, seq, contact: heard, up, off })
      happened.set(id, time)
      boots.push(boot)
    }
    if (step.is === 'hello') {
      const contact = { id: `c${contacts.length}`, at: time + step.delay, heard, seq, up, off }
      contacts.push(contact)
      ;[time, up] = [time + step.delay, up + step.delay]
      if (step.heard) [heard, up, off] = [contact.id, 0, 0]
    }
  }
  // The screen met the server once more before it sent anything.
  contacts.push({ id: 'last', at: time, heard, seq, up, off })
  const arrivedAt = time
  return { contacts, happened, boots, entries: entries.map((one) => ({ ...one, arrivedAt })) }
}

const ms = fc.integer({ min: 0, max: 3 * day })
const stepsWith = (wrongBy: fc.Arbitrary<number>) =>
  fc.array(
    fc.oneof(
      fc.record({ is: fc.constant('runs' as const), ms }),
      fc.record({ is: fc.constant('entry' as const) }),
      fc.record({ is: fc.constant('off' as const), ms, wrongBy }),
      fc.record({ is: fc.constant('hello' as const), heard: fc.boolean(), delay: fc.constant(0) }),
    ),
    { maxLength: 40 },
  )
const right = stepsWith(fc.constant(0))
const wrong = stepsWith(fc.integer({ min: -40 * 365 * day, max: 40 * 365 * day }))

const known = (contacts: Contact[]) => ({ contacts, fixed: [], since: noon })
const inOrder = (entries: { id: string }[], places: Map<string, number>) =>
  entries.map(({ id }) => places.get(id) ?? NaN)

describe('a screen that tells the truth', () => {
  test('whatever it did, each entry is placed when it happened', () => {
    fc.assert(
      fc.property(right, (steps) => {
        const { entries, contacts, happened } = live(steps)
        expect(place(entries, known(contacts))).toEqual(happened)
      }),
    )
  })

  test('in whatever parts and order its entries arrive, also carried without another contact', () => {
    fc.assert(
      fc.property(right, fc.infiniteStream(fc.nat(1000)), fc.boolean(), (steps, lots, carried) => {
        const { entries, contacts, happened } = live(steps)
        const there = carried ? contacts.slice(0, -1) : contacts
        const mixed = entries
          .map((entry) => ({ entry, lot: lots.next().value ?? 0 }))
          .sort((a, b) => a.lot - b.lot)
          .map(({ entry }) => entry)
        const fixed: { seq: number; at: number }[] = []
        while (mixed.length > 0) {
          const some = mixed.splice(0, 1 + ((lots.next().value ?? 0) % 5))
          const places = place(some, { ...known(there), fixed: [...fixed] })
          for (const { id, seq } of some) {
            expect(places.get(id)).toBe(happened.get(id))
            fixed.push({ seq, at: places.get(id) ?? NaN })
          }
        }
      }),
    )
  })

  test('a hello that hung on its way for ten minutes moves nothing', () => {
    const contacts = [
      { id: 'c0', at: noon, heard: null, seq: 0, up: 0, off: 0 },
      // Sent at once, arrived after ten minutes.
      { id: 'c1', at: noon + 10 * minute, heard: 'c0', seq: 0, up: 0, off: 0 },
      { id: 'c2', at: noon + 12 * minute, heard: 'c1', seq: 4, up: 2 * minute, off: 0 },
    ]
    const entries = [2, 4, 6, 8].map((minutes, i) => ({
      ...{ id: `e${i}`, seq: i + 1, contact: 'c0', up: minutes * minute, off: 0 },
      arrivedAt: noon + 12 * minute,
    }))
    const places = place(entries, known(contacts))
    expect(inOrder(entries, places)).toEqual([2, 4, 6, 8].map((minutes) => noon + minutes * minute))
  })
})

test('a server that was restored and has forgotten the contacts of a day gives everything its right place', () => {
  fc.assert(
    fc.property(right, (steps) => {
      const { entries, contacts, happened } = live(steps)
      const last = contacts.at(-1)
      const left = last ? [last] : []
      const since = noon - day
      const recent = entries.filter(({ contact }) => contact === last?.heard)
      const places = place(recent, { contacts: left, fixed: [], since })
      for (const { id } of recent) expect(places.get(id)).toBe(happened.get(id))
    }),
  )
})

describe('a screen whose wall clock moves by years', () => {
  test('its entries stay in order, after the contact they name and before they arrived', () => {
    fc.assert(
      fc.property(wrong, (steps) => {
        const { entries, contacts } = live(steps)
        const times = inOrder(entries, place(entries, known(contacts)))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        entries.forEach((entry, i) => {
          expect(times[i]).toBeGreaterThanOrEqual(contacts.find(({ id }) => id === entry.contact)?.at ?? NaN)
          expect(times[i]).toBeLessThanOrEqual(entry.arrivedAt)
        })
      }),
    )
  })

  test('between two entries of one run lies the time that really went by', () => {
    fc.assert(
      fc.property(wrong, (steps) => {
        const { entries, contacts, boots, happened } = live(steps)
        const times = inOrder(entries, place(entries, known(contacts)))
        const real = inOrder(entries, happened)
        entries.forEach((entry, i) => {
          const before = entries[i - 1]
          if (!before || boots[i] !== boots[i - 1] || before.contact !== entry.contact) return
          // Unless a hello whose reply was lost lies between them: it proves something of the time before it alone.
          if (contacts.some(({ seq, heard }) => heard === entry.contact && seq === before.seq)) return
          expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBe((real[i] ?? 0) - (real[i - 1] ?? 0))
        })
      }),
    )
  })

  test('without being switched off, what its wall clock says changes nothing', () => {
    const running = wrong.map((steps) => steps.filter(({ is }) => is !== 'off'))
    fc.assert(
      fc.property(running, fc.nat(100 * 365 * day), (steps, jump) => {
        const { entries, contacts, happened } = live(steps)
        const jumped = entries.map((entry) => ({ ...entry, off: jump }))
        expect(place(jumped, known(contacts))).toEqual(happened)
      }),
    )
  })
})

describe('a screen that lies', () => {
  const contacts = Array.from({ length: 100 }, (_, i) => ({
    ...{ id: `c${i}`, at: noon + i * minute, heard: i > 0 ? `c${i - 1}` : null },
    ...{ seq: i > 0 ? 5 : 0, up: minute, off: 0 },
  }))
  const arrivedAt = noon + 100 * minute
  const lie = (more: Partial<Unplaced>) => ({
    id: 'lie',
    seq: 6,
    contact: 'c0',
    up: 0,
    off: 0,
    arrivedAt,
    ...more,
  })
  const placed = (entries: Unplaced[], since = noon, there: Contact[] = contacts) =>
    place(entries, { contacts: there, fixed: [], since }).get('lie')

  test('it gains no time before the last contact that it is known to have heard', () => {
    expect(placed([lie({})])).toBe(noon + 98 * minute)
  })

  test('nor after the arrival, nor by a number that was counted in a hello before', () => {
    expect(placed([lie({ up: 9 * day })])).toBe(arrivedAt)
    expect(placed([lie({ off: 9 * day, contact: 'c99' })])).toBeLessThanOrEqual(arrivedAt)
    expect(placed([lie({ seq: 5, up: 9 * day })])).toBe(noon + minute)
  })

  test('a smaller number that names a newer contact binds it', () => {
    const few = contacts.slice(0, 3).map((one) => ({ ...one, seq: 0 }))
    const honest = { id: 'e1', seq: 1, contact: 'c2', up: 0, off: 0, arrivedAt }
    expect(placed([honest, lie({ seq: 2 })], noon, few)).toBe(noon + 2 * minute)
  })

  test('a contact that there never was reaches back to the last one known, or to when it was let in', () => {
    expect(placed([lie({ contact: 'none', up: 5 * day })])).toBe(arrivedAt)
    const two = [lie({ contact: 'none' }), { ...lie({ contact: 'none', up: 5 * day, seq: 7 }), id: 'last' }]
    expect(placed(two)).toBe(noon + 98 * minute)
    expect(placed(two, noon - day, [])).toBe(noon - day)
  })

  test('nothing leaves the time between its contact and its arrival, and the order of numbers holds', () => {
    const any = fc.array(
      fc.record({
        contact: fc.nat(99).map((i) => `c${i}`),
        up: fc.nat(day),
        off: fc.nat(day),
        seq: fc.integer({ min: 1, max: 50 }),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(any, (claims) => {
        const entries = claims.map((claim, i) => ({ id: `e${i}`, arrivedAt, ...claim }))
        const places = place(entries, known(contacts))
        const bySeq = entries.toSorted((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1))
        const times = inOrder(bySeq, places)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        for (const { id, contact } of entries) {
          const from = contacts.find((one) => one.id === contact)?.at ?? NaN
          expect(places.get(id)).toBeGreaterThanOrEqual(from)
          expect(places.get(id)).toBeLessThanOrEqual(arrivedAt)
        }
      }),
    )
  })
})

// Whatever pages and devices of one person do at once: what is counted is what a brute-force walk over every tenth of a
// second counts, and never more than the time that went by.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSegment } from '#record/hours/count.ts'
import { extendSegment, graceSeconds, type Segment } from '#record/hours/segment.ts'
import { seconds } from '#record/hours/span.ts'
import { Ledger } from '#record/ledger.ts'

const start = Date.parse('2026-03-10T02:00:00.000Z')
const tick = 100
const lessons = ['lsn-a', 'lsn-b', 'lsn-c']

type Act =
  | { what: 'wait'; ticks: number }
  | { what: 'open'; page: number; lesson: number }
  | { what: 'beat'; page: number; ticks: number; repeat: boolean }
  | { what: 'close'; page: number }

const page = fc.nat({ max: 5 })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('wait' as const), ticks: fc.nat({ max: 900 }) }) },
  fc.record({ what: fc.constant('wait' as const), ticks: fc.nat({ max: 30_000 }) }),
  fc.record({ what: fc.constant('open' as const), page, lesson: fc.nat({ max: 2 }) }),
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('beat' as const),
      page,
      ticks: fc.oneof(fc.nat({ max: 400 }), fc.nat({ max: 864_000 })),
      repeat: fc.boolean(),
    }),
  },
  fc.record({ what: fc.constant('close' as const), page }),
)

const blank = (id: number, lesson: string, at: number): Segment => ({
  ...{ id: String(id), person: 'p', lesson, edition: 1, revision: 'r', openedAt: new Date(at).toISOString() },
  ...{ lastBeatAt: at, lastSeq: 0, spans: [], sections: [], watched: {}, refused: {} },
  ...{ silentSeconds: 0, device: null },
})

/** Plays the acts of six pages; returns the closed visits in order of closing, and when the last thing happened. */
function playOut(acts: readonly Act[]) {
  const open = new Map<number, Segment>()
  const closed: { segment: Segment; until: number }[] = []
  let at = start
  let first: number | null = null
  let count = 0
  const close = (page: number) => {
    const segment = open.get(page)
    if (segment) closed.push({ segment, until: at })
    open.delete(page)
  }
  for (const one of acts) {
    if (one.what === 'wait') at += one.ticks * tick
    else if (one.what === 'close') close(one.page)
    else if (one.what === 'open') {
      close(one.page)
      first ??= at
      open.set(one.page, blank((count += 1), lessons[one.lesson] ?? '', at))
    } else {
      const segment = open.get(one.page)
      if (!segment) continue
      const seq = segment.lastSeq + (one.repeat ? 0 : 1)
      const beat = {
        segment: segment.id,
        seq: Math.max(1, seq),
        seconds: (one.ticks * tick) / 1000,
        sections: [],
      }
      open.set(one.page, extendSegment(segment, beat, at))
    }
  }
  for (const page of [...open.keys()]) close(page)
  return { closed, elapsed: first === null ? 0 : (at - first) / 1000 }
}

test('a thousand tangles of tabs and devices: counted is the union, by brute force, and never more than went by', () => {
  let cases = 0
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), (acts) => {
      cases++
      const { closed, elapsed } = playOut(acts)
      const ledger = new Ledger('p')
      const claimed = new Set<number>()
      const watched = new Set<number>()
      let overlap = 0
      for (const [i, { segment, until }] of closed.entries()) {
        const { person, lesson, edition, revision, openedAt, spans, sections, refused } = segment
        const at = new Date(until).toISOString()
        const event = {
          id: `e${i}`,
          kind: 'segment-studied' as const,
          person,
          at,
          receivedAt: at,
          effectiveAt: at,
        }
        countSegment(ledger, {
          ...event,
          lesson,
          edition,
          revision,
          openedAt,
          spans,
          sections,
          refused,
          watched: {},
        })
        for (let t = Date.parse(openedAt); t < until; t += tick) watched.add(t)
        for (const [from, to] of spans)
          for (let t = from; t < to; t += tick) {
            if (claimed.has(t)) overlap += tick
            claimed.add(t)
          }
      }
      const counted = [...ledger.progress.values()].reduce((sum, one) => sum + one.seconds, 0)
      expect(counted).toBeCloseTo((claimed.size * tick) / 1000, 6)
      expect(counted).toBeCloseTo(seconds(ledger.spans.map(({ span }) => span)), 6)
      for (const t of claimed)
        if (!watched.has(t)) throw new Error(`Counted ${t - start} ms, when no page was open.`)
      expect(counted).toBeLessThanOrEqual(elapsed + graceSeconds)
      const elsewhere = [...ledger.refused.values()].filter(({ reason }) => reason === 'counted-elsewhere')
      const told = elsewhere.reduce((sum, one) => sum + one.seconds, 0)
      expect(Math.abs(told - overlap / 1000)).toBeLessThanOrEqual(elsewhere.length + closed.length)
    }),
    { numRuns: 1000 },
  )
  expect(cases).toBeGreaterThanOrEqual(1000)
})

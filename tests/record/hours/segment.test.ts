// A visit while it is open: the page claims, the server's clock decides.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Event, type EventOf } from '#record/events/event.ts'
import { Beat, extendSegment, graceSeconds, refusalReasons, type Segment } from '#record/hours/segment.ts'
import { seconds } from '#record/hours/span.ts'

const start = Date.parse('2026-03-10T02:00:00.000Z')
const id = '0198f0a0-0000-7000-8000-000000000001'

const fresh: Segment = {
  id,
  person: 'p',
  lesson: 'lsn-a',
  edition: 1,
  revision: 'rev-1',
  openedAt: new Date(start).toISOString(),
  lastBeatAt: start,
  lastSeq: 0,
  spans: [],
  sections: [],
  watched: {},
  refused: {},
  silentSeconds: 0,
  device: null,
}

const beatOf = (seq: number, claimed: number, more: Partial<Beat> = {}): Beat => ({
  segment: id,
  seq,
  seconds: claimed,
  sections: [],
  ...more,
})

/** Beats as [seconds on the server's clock since the opening, seconds claimed, seq]. */
const after = (beats: [number, number, number?][], segment = fresh) =>
  beats.reduce(
    (at, [clock, claimed, seq], i) => extendSegment(at, beatOf(seq ?? i + 1, claimed), start + clock * 1000),
    segment,
  )

const table: [string, [number, number, number?][], number, Record<string, number>][] = [
  ['an honest half minute', [[30, 30]], 30, {}],
  ['half a minute in which somebody was there for ten seconds', [[30, 10]], 10, {}],
  [
    'a timer that runs a little fast',
    [
      [30, 30.4],
      [60, 30.4],
    ],
    60,
    {},
  ],
  ['a slow line: five seconds ahead of the clock', [[30, 35]], 30, {}],
  ['six seconds ahead of the clock: they are refused', [[30, 36]], 30, { 'faster-than-clock': 6 }],
  ['a page that claims an hour for half a minute', [[30, 3600]], 30, { 'faster-than-clock': 3570 }],
  [
    'a page that claims an hour each time',
    [
      [30, 3600],
      [60, 3600],
    ],
    60,
    { 'faster-than-clock': 7140 },
  ],
  [
    'a beat sent twice',
    [
      [30, 30],
      [31, 30, 1],
    ],
    30,
    {},
  ],
  [
    'a beat that overtook the one before it',
    [
      [60, 60, 2],
      [61, 30, 1],
    ],
    60,
    {},
  ],
  [
    'twenty beats within one second',
    Array.from({ length: 20 }, () => [1, 30]),
    1,
    { 'faster-than-clock': 29 + 19 * 30 },
  ],
  [
    'a line that was gone for two minutes and came back',
    [
      [30, 30],
      [180, 150],
    ],
    180,
    {},
  ],
  [
    'a pause of ten minutes, then half a minute',
    [
      [30, 30],
      [660, 30],
    ],
    60,
    {},
  ],
  [
    'nobody there',
    [
      [30, 0],
      [60, 0],
    ],
    0,
    {},
  ],
  ['half a second too much: a timer rounds, and nothing is said', [[30, 30.5]], 30, {}],
  [
    'a beat that came three seconds late, and one on time',
    [
      [33, 30],
      [60, 30],
    ],
    60,
    {},
  ],
]

test.each(table)('%s', (_, beats, counted, refused) => {
  const segment = after(beats)
  expect(seconds(segment.spans)).toBeCloseTo(counted, 3)
  expect(segment.refused).toEqual(refused)
})

test('a repeat changes nothing at all, not even when the page was last heard of', () => {
  const segment = after([[30, 30]])
  expect(extendSegment(segment, beatOf(1, 500, { sections: ['s9'] }), start + 90_000)).toBe(segment)
})

test('of a thousand beats, whatever they claim and whenever they come, never more counts than passed and five seconds', () => {
  const one = fc.tuple(
    fc.integer({ min: -2_000, max: 90_000 }),
    fc.oneof(fc.double({ min: 0, max: 86_400, noNaN: true }), fc.integer({ min: 0, max: 60 })),
    fc.integer({ min: -1, max: 3 }),
  )
  fc.assert(
    fc.property(fc.array(one, { minLength: 1000, maxLength: 1000 }), (beats) => {
      let segment = fresh
      let at = start
      let latest = start
      let seq = 0
      for (const [passed, claimed, ahead] of beats) {
        at += passed
        latest = Math.max(latest, at)
        seq += ahead
        if (seq < 1) continue
        segment = extendSegment(segment, beatOf(seq, claimed), at)
        expect(seconds(segment.spans)).toBeLessThanOrEqual((latest - start) / 1000 + graceSeconds + 0.001)
      }
    }),
    { numRuns: 8 },
  )
})

test('a server clock that was set back takes nothing away that was counted', () => {
  const before = after([[300, 300]])
  const later = extendSegment(before, beatOf(2, 30), start - 3_600_000)
  expect(seconds(later.spans)).toBe(300)
  expect(later.lastBeatAt).toBe(before.lastBeatAt)
})

test('sections that were seen stay seen, each once', () => {
  const one = extendSegment(fresh, beatOf(1, 30, { sections: ['s2', 's1', 's2'] }), start + 30_000)
  const two = extendSegment(one, beatOf(2, 30, { sections: ['s3'] }), start + 60_000)
  expect(two.sections).toEqual(['s1', 's2', 's3'])
})

test('what was watched twice is watched once', () => {
  const one = extendSegment(fresh, beatOf(1, 9, { watched: { 'a.mp4': [[0, 9]] } }), start + 30_000)
  const two = extendSegment(
    one,
    beatOf(2, 9, { watched: { 'a.mp4': [[5, 20]], 'b.mp3': [[1, 2]] } }),
    start + 60_000,
  )
  expect(two.watched).toEqual({ 'a.mp4': [[0, 20]], 'b.mp3': [[1, 2]] })
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../a.mp4', ''])(
  'a film with the odd name %j does no harm',
  (name) => {
    const sent = `{"segment":"${id}","seq":1,"seconds":9,"sections":[],"watched":{"${name}":[[0,9]]}}`
    const one = extendSegment(fresh, Beat.parse(JSON.parse(sent)), start + 30_000)
    const two = extendSegment(one, Beat.parse({ ...JSON.parse(sent), seq: 2 }), start + 60_000)
    expect(Object.entries(two.watched)).toEqual(name === '__proto__' ? [] : [[name, [[0, 9]]]])
    expect(seconds(two.spans)).toBe(18)
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

test('however long and wildly a page goes on, its visit can always be kept in the record', () => {
  // A moment of attention every four seconds for three hours, told every two.
  const spans = Array.from({ length: 2_700 }, (_, i): [number, number] => [
    start + i * 4000,
    start + i * 4000 + 500,
  ])
  let segment: Segment = { ...fresh, spans, lastBeatAt: start + 10_800_000 }
  for (let i = 1; i <= 60; i++) {
    const sections = Array.from({ length: 100 }, (_, n) => `s${(i * 100 + n) % 1000}`)
    const pieces = Array.from({ length: 50 }, (_, n): [number, number] => [
      i * 1000 + n * 10,
      i * 1000 + n * 10 + 1,
    ])
    const watched = { 'a.mp4': pieces, [`${i}.mp4`]: pieces }
    segment = extendSegment(segment, beatOf(i, 0.5, { sections, watched }), start + 10_800_000 + i * 2000)
  }
  const { person, lesson, edition, revision, openedAt, sections, watched, refused } = segment
  const event: EventOf<'segment-studied'> = {
    ...{ kind: 'segment-studied', id, person, at: openedAt, lesson, edition, revision, openedAt },
    ...{ spans: segment.spans, sections, watched, refused },
  }
  expect(Event.safeParse(event).error?.issues ?? []).toEqual([])
  expect(seconds(segment.spans)).toBeLessThanOrEqual(2_700 / 2)
})

test('every reason for which time is refused is said in words', () => {
  expect(refusalReasons).toEqual({
    'faster-than-clock': '页面报来的时间比服务器在这一段里看到的多，多出的部分没有计入。',
    'counted-elsewhere': '同一时间你在另一个页面或设备上也在学，重叠的部分只计一次。',
    'shared-device': '这台设备的这段时间已经记在另一个人名下，同一时间不能记给两个人。',
    'no-sign': '这段时间页面开着，但好一会儿没有翻动、点按或播放，没有计入。',
    'too-scattered': '这一次学习断断续续太多，后面的部分没有计入。重新打开这一课就能接着记。',
    'line-lost': '断网太久，这一段已经结束，断网时的时间没能及时报上来。',
  })
})

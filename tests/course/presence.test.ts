// Whether somebody is there, told by the signs that a page can see; the clock is the page's own, in milliseconds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrive, asks, leave, leastSeconds, look, readingSeconds, sign, take } from '#course/presence.ts'
import type { Presence, View } from '#course/presence.ts'

const inView: View = { visible: true, playing: false }
const hidden: View = { visible: false, playing: false }
const listening: View = { visible: false, playing: true }

/** A page and its clock. */
class Reader {
  at = 0
  presence: Presence
  limit: number
  view: View

  constructor(limit = leastSeconds, view = inView) {
    this.limit = limit
    this.view = view
    this.presence = arrive(0, view)
  }
  /** Seconds pass with a look every second, as the page's timer does. */
  passes(seconds: number, step = 1) {
    for (let left = seconds; left > 0; left -= step) {
      this.at += Math.min(step, left) * 1000
      this.presence = look(this.presence, this.at, this.view, this.limit)
    }
    return this
  }
  /** The computer sleeps: no timer runs. */
  sleeps(seconds: number) {
    this.at += seconds * 1000
    return this
  }
  stirs() {
    this.presence = sign(this.presence, this.at, this.limit)
    return this
  }
  turns(view: View) {
    this.view = view
    this.presence = look(this.presence, this.at, view, this.limit)
    return this
  }
  leaves() {
    this.presence = leave(this.presence, this.at, this.limit)
    return this
  }
  get told() {
    const { seconds, noSign } = take(this.presence)
    return { seconds: Math.round(seconds), noSign: Math.round(noSign) }
  }
}

describe('who reads without stirring', () => {
  test('has the time once they turn on, and not before', () => {
    const reader = new Reader().passes(170)
    expect(reader.told).toEqual({ seconds: 0, noSign: 0 })
    expect(reader.stirs().told).toEqual({ seconds: 170, noSign: 0 })
  })

  test('has it too when they leave the page, or go to another tab', () => {
    expect(new Reader().passes(170).leaves().told).toEqual({ seconds: 170, noSign: 0 })
    expect(new Reader().passes(170).turns(hidden).told).toEqual({ seconds: 170, noSign: 0 })
  })

  test('is asked when two thirds of the time are over, with a minute or more to answer', () => {
    const reader = new Reader()
    expect(asks(reader.passes(119).presence, reader.limit)).toBe(false)
    expect(asks(reader.passes(1).presence, reader.limit)).toBe(true)
    expect(reader.limit - reader.presence.pending).toBeGreaterThanOrEqual(60)
    expect(asks(reader.stirs().presence, reader.limit)).toBe(false)
  })

  test('does not have it once nobody could still be reading; it is told, not hidden', () => {
    const reader = new Reader().passes(200)
    expect(reader.told).toEqual({ seconds: 0, noSign: 200 })
    expect(asks(reader.presence, reader.limit)).toBe(false)
    reader.stirs().passes(10).stirs()
    expect(reader.told).toEqual({ seconds: 10, noSign: 200 })
  })

  test('costs only the stretch since the last sign', () => {
    const reader = new Reader()
    for (let minute = 0; minute < 10; minute++) reader.passes(60).stirs()
    expect(reader.passes(200).told).toEqual({ seconds: 600, noSign: 200 })
  })

  test('a page left open for the night tells half an hour of it and no more', () => {
    expect(new Reader().passes(8 * 3600).told).toEqual({ seconds: 0, noSign: 1800 })
  })
})

describe('how long nothing need stir', () => {
  test.each([
    [0, 180],
    [250, 180],
    [450, 270],
    [600, 360],
    [5000, 480],
  ])('%i characters in view may take %i seconds', (characters, seconds) => {
    expect(readingSeconds(characters)).toBe(seconds)
  })

  test('who has more in view has longer', () => {
    const reader = new Reader(readingSeconds(700)).passes(400)
    expect(asks(reader.presence, reader.limit)).toBe(true)
    expect(reader.stirs().told).toEqual({ seconds: 400, noSign: 0 })
  })
})

describe('a page that is not in view', () => {
  test('counts nothing and refuses nothing', () => {
    expect(new Reader(leastSeconds, hidden).passes(600).told).toEqual({ seconds: 0, noSign: 0 })
    expect(new Reader().passes(30).turns(hidden).passes(600).stirs().told).toEqual({ seconds: 30, noSign: 0 })
  })

  test('counts while something is heard, without any sign', () => {
    const reader = new Reader().passes(20).turns({ visible: true, playing: true })
    reader.passes(20).turns(listening).passes(600)
    expect(reader.told).toEqual({ seconds: 640, noSign: 0 })
    expect(asks(reader.presence, reader.limit)).toBe(false)
    expect(reader.turns(hidden).passes(300).told).toEqual({ seconds: 640, noSign: 0 })
  })

  test('counts although browsers slow its timer to one a minute', () => {
    const reader = new Reader().turns({ visible: true, playing: true }).turns(listening)
    expect(reader.passes(600, 60).told).toEqual({ seconds: 600, noSign: 0 })
  })

  test('begins anew when it is seen again', () => {
    const reader = new Reader().passes(100).turns(hidden).passes(900).turns(inView).passes(50)
    expect(reader.told).toEqual({ seconds: 100, noSign: 0 })
    expect(reader.stirs().told).toEqual({ seconds: 150, noSign: 0 })
  })
})

describe('a computer that slept', () => {
  test('counts no second of it and refuses none; what was read before counts', () => {
    const reader = new Reader().passes(60).sleeps(3600).passes(20)
    expect(reader.told).toEqual({ seconds: 60, noSign: 0 })
    expect(reader.stirs().passes(30).stirs().told).toEqual({ seconds: 90, noSign: 0 })
  })

  test('wakes for the first key', () => {
    expect(new Reader().passes(60).sleeps(3600).stirs().passes(5).stirs().told).toEqual({
      seconds: 65,
      noSign: 0,
    })
  })

  test('counts no film that stood still meanwhile', () => {
    const reader = new Reader().turns({ visible: true, playing: true }).passes(60).sleeps(3600).passes(10)
    // The second in which it woke went with the sleep.
    expect(reader.told).toEqual({ seconds: 69, noSign: 0 })
  })
})

const happening = fc.oneof(
  fc.record({ kind: fc.constant('passes' as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ kind: fc.constant('sleeps' as const), seconds: fc.integer({ min: 66, max: 9000 }) }),
  fc.constant({ kind: 'stirs' as const, seconds: 0 }),
  fc.record({
    kind: fc.constant('turns' as const),
    seconds: fc.constant(0),
    view: fc.constantFrom(inView, hidden, listening, { visible: true, playing: true }),
  }),
)

test('whatever happens, no more is told than went by, and what is active lies within its limit of a sign', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const reader = new Reader()
      let awake = 0
      for (const one of happenings) {
        if (one.kind === 'turns' && 'view' in one) reader.turns(one.view)
        else if (one.kind === 'stirs') reader.stirs()
        else reader[one.kind as 'passes' | 'sleeps'](one.seconds)
        if (one.kind === 'passes') awake += one.seconds
        const { active, noSign, pending } = reader.presence
        expect(active + noSign + pending).toBeLessThanOrEqual(awake + 1e-6)
        expect(pending).toBeLessThanOrEqual(reader.limit)
      }
    }),
  )
})

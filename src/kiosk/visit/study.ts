// Study at a screen, as it is journalled: stretches of at most a minute in which the lesson was open and somebody stirred.
// Rules only; the clock is the monotonic one of the machine, in milliseconds.

/** Who stirs counts as reading for so long; touching, turning a page and being read to are signs of life. */
export const stirMilliseconds = 5 * 60_000
/** A stretch is told as soon as it is so long. */
export const stretchMilliseconds = 60_000
/** A machine that was asleep between two looks at the clock studied nothing. */
const gapMilliseconds = 10_000

export type Stretch = {
  /** When the clock was looked at last. */
  seenAt: number
  stirredAt: number
  milliseconds: number
  sections: readonly string[]
}

/** A lesson was opened. */
export const beginStretch = (at: number): Stretch => ({
  seenAt: at,
  stirredAt: at,
  milliseconds: 0,
  sections: [],
})

/** The stretch as of an instant. */
export function until(stretch: Stretch, at: number): Stretch {
  const gap = at - stretch.seenAt
  const active = Math.min(at, stretch.stirredAt + stirMilliseconds) - stretch.seenAt
  const counted = gap > gapMilliseconds ? 0 : Math.max(0, active)
  return { ...stretch, seenAt: Math.max(at, stretch.seenAt), milliseconds: stretch.milliseconds + counted }
}

/** A sign of life, after which time counts again. */
export const stirred = (stretch: Stretch, at: number): Stretch => ({ ...until(stretch, at), stirredAt: at })

/** A section came into view. */
export const seeing = (stretch: Stretch, section: string): Stretch =>
  stretch.sections.includes(section) ? stretch : { ...stretch, sections: [...stretch.sections, section] }

/** Whether it should be told now: it is long enough, or nobody stirred for so long that it ended. */
export const isDue = ({ milliseconds, seenAt, stirredAt }: Stretch) =>
  milliseconds >= stretchMilliseconds || (milliseconds > 0 && seenAt - stirredAt >= stirMilliseconds)

/** What is to be told of a stretch, null if nothing; and the one that goes on after it. */
export function tell(stretch: Stretch): {
  told: { milliseconds: number; sections: string[] } | null
  after: Stretch
} {
  const milliseconds = Math.round(stretch.milliseconds)
  const worth = milliseconds >= 1000
  return {
    told: worth ? { milliseconds, sections: [...stretch.sections] } : null,
    after: worth ? { ...stretch, milliseconds: 0, sections: [] } : stretch,
  }
}

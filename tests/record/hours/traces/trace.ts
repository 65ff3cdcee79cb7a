// One way of being in front of a lesson, honest or not, with what a human witness in the room would grant. The witness
// has a stopwatch and sees who reads; he writes his figures down before anything is played.
import type { World } from './world.ts'

/** What the witness grants one person. */
export type Granted = {
  /** Nominal minutes of the lessons that were really studied to their end and whose checks were understood. */
  credited: number
  /**
   * Of an honest person, the minutes of study by the stopwatch. Of an attack, the most that the stopwatch saw the page
   * (or the script in its place) at work: no grant, for nobody read; counted time by itself earns nothing.
   */
  counted: number
}

export type Trace = {
  kind: 'attack' | 'honest'
  title: string
  /** What the witness grants each person of the trace, by name. */
  witness: Record<string, Granted>
  /** Why he grants that and no more. */
  why: string
  /** Plays it through the requests that the browser (or the script in its place) sends. */
  play: (world: World) => Promise<void>
}

/** How what was counted differs from what the witness granted, minutes. */
export type Difference = { forged: number; refused: number }

/** The witness reads his stopwatch to the tenth of a minute. */
const legible = 0.1

/**
 * Of an attack all that was credited beyond the witness is forged, and all counted time beyond his stopwatch; of an
 * honest trace the same, and what he granted and is missing was refused.
 */
export function compare(granted: Granted, found: Granted): Difference {
  const beyond = (one: number, other: number) => (one - other > legible ? one - other : 0)
  return {
    forged: beyond(found.credited, granted.credited) + beyond(found.counted, granted.counted),
    refused: beyond(granted.credited, found.credited) + beyond(granted.counted, found.counted),
  }
}

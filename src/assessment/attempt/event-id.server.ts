// The ids of the events that an attempt becomes: always the same for the same attempt and position, so that handing in
// twice can store nothing twice.
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'

/** After every position: the event of the attempt as a whole. */
const whole = 0xffff

/**
 * A UUIDv7 with the time at which the attempt began and the position as its sequence, so that ids sort as positions do: events
 * of one instant are derived in the order of their ids, and one that came before its neighbour would mean deriving the
 * whole person again. The rest hangs on the seed, which nobody is told: a browser names its own events, and could take an
 * id that it foretells, so that the attempt could never be handed in.
 */
export function eventIdOf(
  { seed, startedAt }: { seed: string; startedAt: string },
  position: number = whole,
): string {
  const random = createHash('sha256').update(`${seed} ${position}`).digest().subarray(0, 16)
  return v7({ msecs: Date.parse(startedAt), seq: position, random })
}

// For how long an event loop was held: whoever asks meanwhile waits that long.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolution = 1
const monitor = monitorEventLoopDelay({ resolution })

/** Begins to watch. */
export function watchLoop(): void {
  monitor.reset()
  monitor.enable()
}

/** The longest hold since `watchLoop`, ms. */
export function longestHold(): number {
  monitor.disable()
  return Math.max(0, monitor.max / 1e6 - resolution)
}

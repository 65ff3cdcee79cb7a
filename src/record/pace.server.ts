// Keeps long work from holding the event loop: between its short pieces everybody else has a turn.
import { setImmediate as nextTurn } from 'node:timers/promises'

const longest = 15

/** How long a piece may be, and how many rows one reading takes so that it is no longer. */
export class Pace {
  #began = performance.now()
  #read = this.#began
  rows = 100

  /** To be awaited often: gives others a turn when this piece has lasted long enough. */
  async rest(): Promise<void> {
    if (performance.now() - this.#began < longest) return
    await nextTurn()
    this.#began = performance.now()
  }

  /** Before rows are read. */
  begin() {
    this.#read = performance.now()
  }

  /** After they were read: the next reading is longer or shorter. */
  end() {
    const took = performance.now() - this.#read
    if (took > longest / 2) this.rows = Math.max(10, Math.floor(this.rows / 2))
    else if (took < longest / 6) this.rows = Math.min(2_000, this.rows * 2)
  }
}

// When hundreds of pages are asked for in the same instant, each begins in a turn of the event loop of its own, so that
// between any two of them beats and saved answers are heard. Begun all at once they would hold the loop for a second.

let last: Promise<void> = Promise.resolve()

/** Resolves when it is one's turn: in order, one a turn of the loop. */
export function ownTurn(): Promise<void> {
  last = last.then(() => new Promise((go) => setImmediate(go)))
  return last
}

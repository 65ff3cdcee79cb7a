// Beginning and handing in are large jobs for the write queue, and a class does them in the same minute. They queue up
// here, one at a time, so that between any two of them whatever else wants to be stored has its turn: a beat never waits
// behind three hundred papers.

let last: Promise<unknown> = Promise.resolve()

/** Runs the work after all that was given before it; its failure is its own. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}

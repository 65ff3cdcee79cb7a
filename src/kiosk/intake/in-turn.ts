// Cryptography on many entries: a few at a time, whoever asks, so that others are heard in between.

/** Entries that are worked on at once, by all threads. */
const few = 16

let last: Promise<unknown> = Promise.resolve()

/** Does the work on each, in the order given; whoever asks meanwhile takes turns. @throws what `work` throws */
export async function inTurn<In, Out>(all: In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = []
  for (let i = 0; i < all.length; i += few) {
    const turn = last.then(() => Promise.all(all.slice(i, i + few).map(work)))
    last = turn.catch(() => undefined)
    done.push(...(await turn))
  }
  return done
}

// The queue of those who sign in on the page. A password takes a fifth of a second of a processor, so a class that signs in
// together is let in one after the other; all that a sign-in asks of the database is done in its turn as well, so that
// three hundred at once hold up nobody who studies meanwhile.
import { Refusal } from '#refusal.ts'

/** Two passwords are checked at once (hash.server.ts); a third sign-in is prepared meanwhile. */
const atOnce = 3
const longest = 600

const waiting: (() => void)[] = []
let running = 0
/** How many ever waited, and how many of them had their turn. */
let arrived = 0
let served = 0
/** Seconds from one turn to the end of it, as the last ones took. */
let seconds = 0.25

/** How many stand before somebody, and about how many seconds that takes. */
export type Ahead = { ahead: number; seconds: number }

/** Somebody in the queue. */
export type Place<T> = { done: Promise<T>; ahead: () => Ahead }

/** Does the work in its turn. @throws Refusal `busy` when hundreds are waiting already. */
export function queueUp<T>(work: () => Promise<T>): Place<T> {
  if (running < atOnce) {
    running++
    return { done: turn(work), ahead: () => ({ ahead: 0, seconds: 0 }) }
  }
  if (waiting.length >= longest) throw new Refusal('busy', '现在登录的人太多。', '请过一分钟再试。')
  const number = ++arrived
  const mine = new Promise<void>((go) => waiting.push(go))
  const done = mine.then(() => ((served = number), turn(work)))
  return { done, ahead: () => aheadOf(number) }
}

function aheadOf(number: number): Ahead {
  const ahead = Math.max(0, number - served)
  return { ahead, seconds: Math.ceil((ahead * seconds) / atOnce) }
}

async function turn<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    seconds += 0.1 * ((performance.now() - began) / 1000 - seconds)
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

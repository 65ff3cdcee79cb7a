// Sign-ins whose password waits to be checked: kept in memory for the browser that sent them, under a random word in a
// cookie, until it comes to fetch the outcome. A restart forgets them; then one signs in again.
import { randomBytes } from 'node:crypto'
import type { Place } from '#people/sign-in-queue.server.ts'
import { cookiePrefix, cookiesAreSecure, cookieValue } from '#people/session.server.ts'
import type { Visit } from '#people/visit.server.ts'

/** The address of the page that shows the place in the queue. */
export const waitingPage = '/sign-in/wait'

/** Who has given the right password: the headers that set the cookies, and whether the second factor is to be given. */
export type Entered = { headers: Headers; secondFactor: boolean }

type Waiting = { place: Place<Entered>; /** Local address to return to. */ back: string | null }

const waiting = new Map<string, Waiting & { since: number }>()
/** Who has not fetched it by then does not wait any more. */
const keptMilliseconds = 3 * 60_000
const mostKept = 1_000

const cookieName = () => `${cookiesAreSecure() ? '__Secure-' : ''}${cookiePrefix}.waiting`

function setCookie({ cookies }: Visit, value: string, maxAge: number) {
  const secure = cookiesAreSecure()
  const options = { path: '/sign-in', httpOnly: true, sameSite: 'lax', secure, maxAge } as const
  cookies.set(cookieName(), value, { ...options, encode: (same) => same })
}

const wordOf = ({ request }: Visit) => cookieValue(request.headers.get('cookie') ?? '', cookieName()) ?? ''

/** Keeps a sign-in for the browser that sent it. */
export function keepWaiting(one: Waiting, visit: Visit) {
  const since = performance.now()
  for (const [word, { since: before }] of waiting) {
    if (waiting.size < mostKept && since - before < keptMilliseconds) break
    waiting.delete(word)
  }
  // It is heard when it is fetched.
  one.place.done.catch(() => undefined)
  const word = randomBytes(24).toString('base64url')
  waiting.set(word, { ...one, since })
  setCookie(visit, word, keptMilliseconds / 1000)
}

/** The sign-in that this browser waits for, or null. */
export function findWaiting(visit: Visit): Waiting | null {
  const found = waiting.get(wordOf(visit))
  return found && performance.now() - found.since < keptMilliseconds ? found : null
}

/** Forgets it, in the browser too. */
export function endWaiting(visit: Visit) {
  waiting.delete(wordOf(visit))
  setCookie(visit, '', 0)
}

// Learners of the bench: real accounts, real sign-ins, each with a lesson open, and the beats that they send.
import type { Client } from 'autocannon'
import { v7 } from 'uuid'
import type { Process } from './process.ts'

const password = '清风徐来水波不兴'
/** The page of a browser can have more than one request open; a hall that signs in has this many at one time. */
const signInsAtOnce = 8

export type Learner = {
  cookie: string
  segment: string
  /** The last beat sent, and the last one acknowledged. */
  sent: number
  acknowledged: number
  lastBeatAt: number
}

/** Enters so many people and signs each of them in over HTTP; also how many sign in per second. */
export async function signInMany(
  site: Process,
  origin: string,
  count: number,
): Promise<{ cookies: string[]; perSecond: number }> {
  const numbers = Array.from({ length: count }, (_, i) => `bench-${i}`)
  await site.ask('enterPeople', { numbers, password })
  const began = performance.now()
  const cookies: string[] = []
  const waiting = [...numbers]
  const hall = async () => {
    for (let number = waiting.pop(); number; number = waiting.pop())
      cookies.push(await signIn(origin, number))
  }
  await Promise.all(Array.from({ length: signInsAtOnce }, hall))
  return { cookies, perSecond: count / ((performance.now() - began) / 1000) }
}

/** The session cookie as the site signed it. */
async function signIn(origin: string, username: string): Promise<string> {
  const answer = await post(`${origin}/api/auth/sign-in/username`, { username, password }, { origin })
  const cookie = answer.headers.getSetCookie().find((one) => one.includes('session_token='))
  if (!cookie) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`)
  return cookie.split(';')[0] ?? ''
}

function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers }
  return fetch(url, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

/** Opens a lesson for whoever has this cookie. */
export async function openLesson(origin: string, cookie: string, lesson: string): Promise<Learner> {
  const segment = v7()
  const answer = await post(`${origin}/study/open`, { lesson, segment }, { origin, cookie })
  if (answer.status !== 200) throw new Error(`The lesson did not open: ${await answer.text()}`)
  return { cookie, segment, sent: 0, acknowledged: 0, lastBeatAt: performance.now() }
}

/**
 * The next beat as the page of a lesson sends it. It claims a little more than the time since the last, so that time
 * stays one span, as it does in a visit: a thousand beats of a few ms would leave a thousand gaps between them.
 */
function nextBeat(learner: Learner): string {
  const seconds = (performance.now() - learner.lastBeatAt) / 1000 + 0.2
  learner.lastBeatAt = performance.now()
  const { segment } = learner
  const seq = ++learner.sent
  return JSON.stringify({ segment, seq, seconds, sections: ['s1', 's2'], watched: {}, finish: false })
}

const beatHeaders = ({ cookie }: Learner, origin: string) => ({
  ...{ cookie, origin, 'content-type': 'application/json', accept: '*/*', 'accept-encoding': 'gzip, br' },
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/109.0.0.0 Safari/537.36',
})

/** Makes each connection the page of one learner, which sends a new beat after every answer. */
export function pagesOf(learners: Learner[], origin: string): (client: Client) => void {
  let count = 0
  return (client) => {
    const learner = learners[count++ % learners.length] as Learner
    client.setHeadersAndBody(beatHeaders(learner, origin), nextBeat(learner))
    client.on('response', (status) => {
      if (status === 200) learner.acknowledged = learner.sent
      client.setBody(nextBeat(learner))
    })
  }
}

/** One more beat each: of the last one under load nobody knows whether it arrived before its connection ended. */
export async function sendLastBeats(learners: Learner[], origin: string): Promise<void> {
  for (const learner of learners) {
    const headers = beatHeaders(learner, origin)
    const answer = await fetch(`${origin}/study/beat`, { method: 'POST', headers, body: nextBeat(learner) })
    if (answer.status === 200) learner.acknowledged = learner.sent
  }
}

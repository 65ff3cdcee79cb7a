// The hot way: what an open lesson sends while it is studied, and a test while it is taken, is answered before Astro,
// which would cost six times as much. Sent with fetch as JSON, or as text/plain by sendBeacon when the page is left.
import { knownAt, refusalOf, verdictOf } from '#people/door.server.ts'
import { needOf } from '#people/permission.ts'
import { sessionOf } from '#people/session.server.ts'
import type { Session } from '#people/session.ts'
import { capOf, readBody } from '#process/body.server.ts'
import { deviceOf } from '#process/device.server.ts'
import type { Answer, Visit } from '#process/front-door.server.ts'
import { sendJson, sendRefusal } from '#process/reply.server.ts'
import { TurnAway } from '#process/turn-away.ts'
import { Refusal } from '#refusal.ts'

/** One thing that an open lesson or test says, and the mark of its browser; throws a Refusal when it may not. */
export type StudyStep = (personId: string, body: unknown, device: string) => Promise<object>
/** One thing that the page of a test says. */
export type AttemptStep = (personId: string, body: unknown) => Promise<object>
/** One thing that an open editor says; what it may do depends on the unit of the draft. */
export type StudioStep = (session: Session, body: unknown) => Promise<object>
/** The same for who need not be signed in. */
export type VisitorStep = (session: Session | null, body: unknown) => Promise<object>

/** A beat is short; whoever needs longer for it is not on a bad line but holding one open. */
const milliseconds = 10_000

/**
 * The person whom the permission table lets call a study address.
 * @throws Refusal
 */
export async function learnerOf(cookie: string | undefined, path: string): Promise<string> {
  return (await sessionAt(cookie, path)).person.id
}

/** The person whom the permission table lets call an address. @throws Refusal */
export async function sessionAt(cookie: string | undefined, path: string): Promise<Session> {
  const place = needOf('POST', path)
  const session = await sessionOf(cookie)
  const refusal = refusalOf(place ? await verdictOf(session, place) : 'hidden')
  if (refusal || !session) throw refusal ?? new Refusal('signed-out', '还没有登录。', '请先登录。')
  return session
}

/** The person who asks at an address that is open to visitors too, or null. */
async function visitorOf(cookie: string | undefined, path: string): Promise<Session | null> {
  const place = needOf('POST', path)
  return place && knownAt([place], await sessionOf(cookie))
}

/** Answers POST /study/<name> with the step of that name. */
export function studyRoutes(steps: Record<string, StudyStep>, whoAsks = learnerOf): Answer {
  return hotRoutes('/study', steps, async (step, body, { req, res, path }) =>
    step(await whoAsks(req.headers.cookie, path), body, deviceOf(req, res)),
  )
}

/** Answers POST /attempt/<name> with the step of that name; it asks for no mark of the browser. */
export function attemptRoutes(steps: Record<string, AttemptStep>): Answer {
  return hotRoutes('/attempt', steps, async (step, body, { req, path }) =>
    step(await learnerOf(req.headers.cookie, path), body),
  )
}

/** Answers POST /studio/<name> with the step of that name. */
export function studioRoutes(steps: Record<string, StudioStep>): Answer {
  return hotRoutes('/studio', steps, async (step, body, { req, path }) =>
    step(await sessionAt(req.headers.cookie, path), body),
  )
}

/** Answers POST /hall/<name>; the page at the same address is not asked for in this way. */
export function hallRoutes(steps: Record<string, StudioStep>): Answer {
  const answer = hotRoutes('/hall', steps, async (step, body, { req, path }) =>
    step(await sessionAt(req.headers.cookie, path), body),
  )
  return (visit) => visit.method === 'POST' && answer(visit)
}

/** Answers POST /study/<name> with a step that is open to visitors. */
export function visitorRoutes(steps: Record<string, VisitorStep>): Answer {
  return hotRoutes('/study', steps, async (step, body, { req, path }) =>
    step(await visitorOf(req.headers.cookie, path), body),
  )
}

function hotRoutes<Step>(
  folder: string,
  steps: Record<string, Step>,
  run: (step: Step, body: unknown, visit: Visit) => Promise<object>,
): Answer {
  const routes = new Map(Object.entries(steps).map(([name, step]) => [`${folder}/${name}`, step]))
  return async (visit) => {
    const { req, res, method, path } = visit
    const step = routes.get(path)
    if (!step) return false
    if (method !== 'POST')
      throw new TurnAway(405, '这个地址只接受页面自己发来的记录。', '请打开课程或测评的页面。')
    try {
      const body = await readBody(req, res, { bytes: capOf(path), milliseconds })
      sendJson(res, 200, await run(step, parse(body), visit))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sendRefusal(res, error)
    }
    return true
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new Refusal('invalid', '收到的内容不是完整的 JSON。', '请刷新页面后再试。')
  }
}

// What kiosks ask, answered before Astro: POST /kiosk/<name>, in JSON.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { capOf, readBody } from '#process/body.server.ts'
import type { Answer, Visit } from '#process/front-door.server.ts'
import { ownTurn } from '#process/own-turn.server.ts'
import { sendJson, sendRefusal } from '#process/reply.server.ts'
import { Refusal } from '#refusal.ts'

type Ask = { body: unknown; req: IncomingMessage; res: ServerResponse; address: string }
type Open = (ask: Ask) => Promise<object>
type Step<Kiosk> = (kiosk: Kiosk, ask: Ask) => Promise<object>

/** A village line may take so long for what a day left. */
const milliseconds = 60_000
const folder = '/kiosk/'

/** @param whoAsks the kiosk behind the header `x-kiosk`; throws a Refusal where there is none. */
export function kioskRoutes<Kiosk>(
  open: Record<string, Open>,
  steps: Record<string, Step<Kiosk>>,
  whoAsks: (header: string | string[] | undefined) => Promise<Kiosk>,
): Answer {
  const answer = async (visit: Visit, name: string) => {
    const { req, res, address } = visit
    const sent = await readBody(req, res, { bytes: capOf(visit.path), milliseconds })
    await ownTurn()
    const body = parse(sent)
    const ask = { body, req, res, address }
    const step = Object.hasOwn(open, name) ? open[name] : undefined
    return step ? step(ask) : (steps[name] as Step<Kiosk>)(await whoAsks(req.headers['x-kiosk']), ask)
  }
  return async (visit) => {
    const { res, method, path } = visit
    const name = path.startsWith(folder) ? path.slice(folder.length) : ''
    if (method !== 'POST' || !(Object.hasOwn(open, name) || Object.hasOwn(steps, name))) return false
    try {
      sendJson(res, 200, await answer(visit, name))
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
    throw new Refusal('invalid', '收到的内容不是完整的 JSON。', '请稍后再试。')
  }
}

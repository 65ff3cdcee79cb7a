// Through here comes every request: in one spelling, for us, from us, and then to the first that answers it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BlockList } from 'node:net'
import type { Settings } from '#env.ts'
import { clientAddress, networksOf } from '#process/address.ts'
import { isCanonicalPath } from '#process/canonical-path.ts'
import { dress, standingHeaders } from '#process/headers.ts'
import { log, pathForLog } from '#process/log.server.ts'
import { requireHost, requireMethod, requireOrigin } from '#process/origin.ts'
import { turnAway } from '#process/reply.server.ts'
import { broken, noSuchPage, TurnAway } from '#process/turn-away.ts'
import { refusalIn } from '#refusal.ts'

/** A request that was let in. */
export type Visit = {
  req: IncomingMessage
  res: ServerResponse
  method: string
  /** In its one spelling, still percent-encoded. */
  path: string
  /** With its question mark, or empty. */
  query: string
  /** Of the client, as far as our own proxies vouch for it. */
  address: string
}

/** Answers a visit, or returns false and leaves it to the next. */
export type Answer = (visit: Visit) => boolean | Promise<boolean>

/** Characters of a request's target; what is longer was not made by a page of ours. */
const longestTarget = 4096

/** What others may have written about the client; only `clientAddress` decides. */
const hearsay = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'forwarded',
  'x-real-ip',
]

/** A listener for a server, or a step of one that has a next. */
export type FrontDoor = (req: IncomingMessage, res: ServerResponse, next?: () => void) => Promise<void>

/**
 * Lets requests in and asks the answers in order; what none of them takes goes to `next`, or is not there.
 * @param policy false in development, see `dress`.
 */
export function openFrontDoor(settings: Settings, answers: Answer[], policy = true): FrontDoor {
  const standing = standingHeaders(settings.origin)
  const proxies = networksOf(settings.trustedProxy)
  return async (req, res, next) => {
    dress(res, standing, policy)
    try {
      const visit = letIn(req, res, settings.origin, proxies)
      for (const answer of answers) if (await answer(visit)) return
      if (!next) throw noSuchPage()
      next()
    } catch (error) {
      sayNo(req, res, error)
    }
  }
}

function letIn(req: IncomingMessage, res: ServerResponse, origin: string, proxies: BlockList): Visit {
  const { method = '', url = '' } = req
  if (url.length > longestTarget || url.includes('#'))
    throw new TurnAway(
      414,
      '网址或要找的话太长，没有读。',
      '搜索时写两百个字以内就够；别的页面请从首页进入。',
      true,
    )
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  requireMethod(method)
  if (!isCanonicalPath(path)) throw noSuchPage()
  requireHost(hostsOf(req), origin)
  // Browsers send reports of their own accord, without saying from where.
  if (path !== '/csp-report') requireOrigin(method, req.headers.origin, origin)
  return {
    req,
    res,
    method,
    path,
    query: mark < 0 ? '' : url.slice(mark),
    address: tellAddress(req, proxies),
  }
}

/** Every Host header; `req.headers` would keep only the first of several. */
const hostsOf = (req: IncomingMessage) =>
  req.rawHeaders.filter((_, i, all) => i % 2 === 1 && all[i - 1]?.toLowerCase() === 'host')

/** Finds the client's address and sees to it that nobody behind this door can read another. */
function tellAddress(req: IncomingMessage, proxies: BlockList): string {
  const forwarded = req.headers['x-forwarded-for']
  const said = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  const address = clientAddress(req.socket.remoteAddress ?? '', said, proxies)
  for (const name of hearsay) delete req.headers[name]
  return address
}

function sayNo(req: IncomingMessage, res: ServerResponse, error: unknown) {
  const why = error instanceof TurnAway ? error : refused(error)
  if (!why) log.error({ err: error, path: pathForLog(req.url ?? '') }, 'a request failed')
  if (res.headersSent) res.destroy()
  else turnAway(req, res, why ?? broken())
}

function refused(error: unknown): TurnAway | null {
  const refusal = refusalIn(error)
  return refusal && new TurnAway(refusal.status, refusal.message, refusal.hint)
}

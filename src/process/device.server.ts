// The mark of a browser: a random word in a cookie that only study requests carry. It says that two visits run in one
// browser, so that nobody studies for two people at once, and nothing else: not which device, not whose.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { cookiePrefix, cookiesAreSecure, cookieValue } from '#people/session.server.ts'

const seconds = 365 * 24 * 3600
const nameOf = () => `${cookiesAreSecure() ? '__Secure-' : ''}${cookiePrefix}.device`

/** The mark of the browser that asks; one is given with the reply to a browser that has none. */
export function deviceOf(req: IncomingMessage, res: ServerResponse): string {
  const carried = cookieValue(req.headers.cookie ?? '', nameOf())
  if (carried !== null && /^[\w-]{22}$/.test(carried)) return carried
  const fresh = randomBytes(16).toString('base64url')
  const secure = cookiesAreSecure() ? '; Secure' : ''
  res.appendHeader(
    'Set-Cookie',
    `${nameOf()}=${fresh}; Path=/study; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`,
  )
  return fresh
}

// What a form's request brings along, and how better-auth's cookies get from its answer to ours.
import { addressHeader } from '#people/auth-guard.server.ts'
import { cookiesAreSecure } from '#people/session.server.ts'

/** The part of Astro's action context that sign-in needs. */
export type Visit = {
  request: Request
  locals: { address: string }
  cookies: { set: (name: string, value: string, options: CookieOptions) => void }
}

type CookieOptions = {
  path: string
  httpOnly: boolean
  sameSite: 'lax'
  secure: boolean
  maxAge?: number
  encode: (value: string) => string
}

/** The headers for better-auth: cookies and browser as they came, the address as our own server saw it. */
export function headersOf({ request, locals }: Visit): Headers {
  const headers = new Headers({ [addressHeader]: locals.address })
  for (const name of ['cookie', 'user-agent']) {
    const value = request.headers.get(name)
    if (value) headers.set(name, value)
  }
  return headers
}

/** Sets the cookies of better-auth's answer on ours. */
export function carryCookies(answer: Headers, { cookies }: Visit) {
  for (const line of answer.getSetCookie()) {
    const [pair = '', ...attributes] = line.split('; ')
    const maxAge = attributes.find((attribute) => attribute.startsWith('Max-Age='))?.slice(8)
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: cookiesAreSecure(),
      ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
      encode: (value) => value,
    })
  }
}

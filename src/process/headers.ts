// The headers that every reply of ours carries, whoever wrote it: pages, files, refusals, errors.
import type { ServerResponse } from 'node:http'

/** What a reply that is not a page may do: nothing at all. */
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What a page may do; Astro adds the hashes of its own scripts and styles. */
const page = [
  "default-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  'report-uri /csp-report',
].join('; ')

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
}

/** Seconds after which what cannot be done now may be tried again. */
const retrySeconds = '5'

/** Headers for an outer cache of another make; ours has read them, browsers have no use for them. */
const onlyForCaches = ['CDN-Cache-Control', 'Cache-Tag']

/**
 * The whole content security policy of a reply.
 * @param partial what the writer of the reply set: nothing, script and style hashes (Astro), or a whole policy.
 */
export function completePolicy(partial: string | undefined): string {
  if (!partial) return nothing
  return partial.includes('default-src') ? partial : `${page}; ${partial.replace(/[;\s]+$/, '')}`
}

/**
 * The headers that hold for every reply of a process.
 * @param origin the configured origin; HTTPS is made permanent by HSTS.
 */
export function standingHeaders(origin: string): [string, string][] {
  const secure = origin.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}
  return Object.entries({ ...always, ...secure })
}

/**
 * Sees to it that a reply leaves with all headers, however it is written: what it does not say of storing is
 * `no-store`, because most replies are personal; what cannot be done now says when to try again.
 * @param policy false in development, where the tools bring inline scripts of their own.
 */
export function dress(res: ServerResponse, standing: [string, string][], policy = true): void {
  const writeHead = res.writeHead.bind(res)
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    for (const [name, value] of Object.entries(headersAmong(rest))) res.setHeader(name, value)
    for (const [name, value] of standing) res.setHeader(name, value)
    for (const name of onlyForCaches) res.removeHeader(name)
    if (policy) res.setHeader('Content-Security-Policy', completePolicy(policyOf(res)))
    if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store')
    if (status === 503 && !res.hasHeader('Retry-After')) res.setHeader('Retry-After', retrySeconds)
    return writeHead(status)
  }) as ServerResponse['writeHead']
}

/** `writeHead(status, headers)` or `writeHead(status, reason, headers)`. */
function headersAmong(rest: unknown[]): Record<string, string | string[]> {
  const last = rest.at(-1)
  return last && typeof last === 'object' ? (last as Record<string, string | string[]>) : {}
}

const policyOf = (res: ServerResponse) => res.getHeader('Content-Security-Policy')?.toString()

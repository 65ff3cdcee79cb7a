// The headers that every reply of ours carries, whoever wrote it: pages, files, refusals, errors.
import type { ServerResponse } from 'node:http'

/** What a reply that is not a page may do: nothing at all. */
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What a page may do; Astro adds the hashes of its own scripts and styles. */
const page = ({ framed, records }: Asked) => [
  "default-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  `frame-ancestors ${framed ? "'self'" : "'none'"}`,
  "frame-src 'self'",
  "form-action 'self'",
  "img-src 'self' data:",
  // What was just recorded is heard before it is sent.
  `media-src 'self'${records ? ' blob:' : ''}`,
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  'report-uri /csp-report',
]

/**
 * What a page of ours may ask for itself by setting the header: to be framed by our own pages, to record sound, or to
 * look through the camera.
 */
type Asked = { framed: boolean; records: boolean; looks: boolean }
const askedNothing: Asked = { framed: false, records: false, looks: false }

const devices = (microphone: string, camera = '()') =>
  `camera=${camera}, microphone=${microphone}, geolocation=(), payment=(), usb=(), display-capture=()`

/** `Permissions-Policy` of a page that records; every other value that a page sets is overruled. */
export const recordsSound = devices('(self)')
/** The same of a page that looks through the camera. */
export const usesCamera = devices('()', '(self)')
/** `X-Frame-Options` of a page that another page of ours frames; likewise. */
export const framedByUs = 'SAMEORIGIN'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': devices('()'),
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
export function completePolicy(partial: string | undefined, asked: Asked = askedNothing): string {
  if (!partial) return nothing
  return partial.includes('default-src')
    ? partial
    : `${page(asked).join('; ')}; ${partial.replace(/[;\s]+$/, '')}`
}

/**
 * The policy with which a page leaves this process, for whoever sends the page in its place.
 * @param headers of the page, with small letters.
 */
export function policyOfPage(headers: Readonly<Record<string, string | string[]>>): string {
  const framed = headers['x-frame-options'] === framedByUs
  const records = headers['permissions-policy'] === recordsSound
  return completePolicy(headers['content-security-policy']?.toString(), { ...askedNothing, framed, records })
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
    const asked = askedBy(res)
    for (const [name, value] of standing) res.setHeader(name, value)
    if (asked.records) res.setHeader('Permissions-Policy', recordsSound)
    if (asked.looks) res.setHeader('Permissions-Policy', usesCamera)
    if (asked.framed) res.setHeader('X-Frame-Options', framedByUs)
    for (const name of onlyForCaches) res.removeHeader(name)
    if (policy) res.setHeader('Content-Security-Policy', completePolicy(policyOf(res), asked))
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

/** Only pages may ask. */
function askedBy(res: ServerResponse): Asked {
  if (!String(res.getHeader('Content-Type') ?? '').startsWith('text/html')) return askedNothing
  return {
    framed: res.getHeader('X-Frame-Options') === framedByUs,
    records: res.getHeader('Permissions-Policy') === recordsSound,
    looks: res.getHeader('Permissions-Policy') === usesCamera,
  }
}

const policyOf = (res: ServerResponse) => res.getHeader('Content-Security-Policy')?.toString()

import { expect, test } from 'vitest'
import {
  completePolicy,
  dress,
  framedByUs,
  policyOfPage,
  recordsSound,
  standingHeaders,
  usesCamera,
} from '#process/headers.ts'
import { listenHere } from '../support/http.ts'

const astros = "script-src 'self' 'sha256-abc='; style-src 'self' 'sha256-def=';"

test('the policy of a page holds the hashes of Astro and everything that Astro leaves open', () => {
  const policy = completePolicy(astros)
  expect(policy).toContain("script-src 'self' 'sha256-abc='; style-src 'self' 'sha256-def='")
  for (const part of [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    'report-uri /csp-report',
  ])
    expect(policy).toContain(part)
  expect(policy).not.toMatch(/unsafe|;;|\*/)
})

test('each directive stands once: a second one would be ignored', () => {
  const names = completePolicy(astros)
    .split('; ')
    .map((directive) => directive.split(' ')[0])
  expect(new Set(names).size).toBe(names.length)
})

test('a reply that is no page may do nothing, and a whole policy stays as it is', () => {
  expect(completePolicy(undefined)).toContain("default-src 'none'")
  expect(completePolicy("default-src 'none'; sandbox")).toBe("default-src 'none'; sandbox")
})

test('a site with https stays with https', () => {
  const names = (origin: string) => standingHeaders(origin).map(([name]) => name)
  expect(names('https://a.cn')).toContain('Strict-Transport-Security')
  expect(names('http://localhost:4321')).not.toContain('Strict-Transport-Security')
})

/** The headers with which a reply leaves whose writer set these. */
async function leavesWith(own: Record<string, string>): Promise<Headers> {
  const here = await listenHere((_, res) => {
    dress(res, standingHeaders('http://localhost'))
    res.writeHead(200, own).end()
  })
  const { headers } = await fetch(here.origin)
  await here.close()
  return headers
}
const html = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': astros }
const policyIn = (headers: Headers) => headers.get('content-security-policy')

test('no page hears the microphone or is framed unless it asks for it', async () => {
  const headers = await leavesWith(html)
  expect(headers.get('permissions-policy')).toContain('camera=(), microphone=(), ')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(policyIn(headers)).toContain("frame-ancestors 'none'; frame-src 'self';")
  expect(policyIn(headers)).toContain("media-src 'self';")
})

test('the page that records hears the microphone and plays what it heard, and is not framed', async () => {
  const headers = await leavesWith({ ...html, 'Permissions-Policy': recordsSound })
  expect(headers.get('permissions-policy')).toContain('camera=(), microphone=(self), geolocation=()')
  expect(policyIn(headers)).toContain("media-src 'self' blob:;")
  expect(policyIn(headers)).toContain("frame-ancestors 'none'")
  expect(headers.get('x-frame-options')).toBe('DENY')
})

test('the page that reads codes looks through the camera, and hears nothing', async () => {
  const headers = await leavesWith({ ...html, 'Permissions-Policy': usesCamera })
  expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(), geolocation=()')
  expect(policyIn(headers)).toContain("media-src 'self';")
})

test('the preview is framed by our own pages only, and hears nothing', async () => {
  const headers = await leavesWith({ ...html, 'X-Frame-Options': framedByUs })
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
  expect(policyIn(headers)).toContain("frame-ancestors 'self'")
  expect(policyIn(headers)).toContain("media-src 'self';")
  expect(headers.get('permissions-policy')).toContain('microphone=()')
})

test.each<Record<string, string>>([
  { ...html, 'Permissions-Policy': 'microphone=*' },
  { ...html, 'Permissions-Policy': `${recordsSound}, camera=*` },
  { ...html, 'X-Frame-Options': 'ALLOWALL' },
  { 'Content-Type': 'application/json', 'X-Frame-Options': framedByUs, 'Permissions-Policy': recordsSound },
])('nothing else can be asked for, nor by what is no page: %o', async (own) => {
  const headers = await leavesWith(own)
  expect(headers.get('permissions-policy')).toContain('camera=(), microphone=(), ')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(policyIn(headers)).toContain("frame-ancestors 'none'")
})

test('whoever sends a page in our place sends it with the policy that it would have had', async () => {
  const own = {
    'Content-Type': 'text/html',
    'Content-Security-Policy': astros,
    'Permissions-Policy': recordsSound,
  }
  const small = Object.fromEntries(Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]))
  expect(policyOfPage(small)).toBe((await leavesWith(own)).get('content-security-policy'))
  expect(policyOfPage(small)).toContain("media-src 'self' blob:")
})

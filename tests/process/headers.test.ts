import { expect, test } from 'vitest'
import { completePolicy, standingHeaders } from '#process/headers.ts'

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

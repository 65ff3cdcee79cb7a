// The content policy of a static page. It travels in the page, because the host is not ours.
import { createHash } from 'node:crypto'
import { elementsIn, writeHtml, type Node } from '#export/html.ts'

const always = [
  "default-src 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
]

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Hashes of what stands in the page itself. */
function hashesOf(page: readonly Node[], name: 'script' | 'style'): string[] {
  const inside = [...elementsIn(page)].filter((each) => each.name === name && !each.attributes.has('src'))
  return [...new Set(inside.map(({ children }) => hashOf(writeHtml(children))))]
}

/** Nothing but its own files, and of what stands in the page itself only what is in it now. */
export function policyFor(page: readonly Node[], searches: boolean): string {
  const runs = [...elementsIn(page)].some(({ name }) => name === 'script')
  const scripts = [
    "script-src 'self'",
    ...hashesOf(page, 'script'),
    ...(searches ? ["'wasm-unsafe-eval'"] : []),
  ]
  const styles = ["style-src 'self'", ...hashesOf(page, 'style')]
  return [
    ...always,
    styles.join(' '),
    ...(runs ? [scripts.join(' ')] : []),
    ...(searches ? ["connect-src 'self'"] : []),
  ].join('; ')
}

// Pages that are the same for everybody, kept in memory, compressed, until one of their tags is invalidated. What was
// begun before an invalidation is never kept after it, so a withdrawn lesson cannot come back.
import { createHash } from 'node:crypto'
import { encode, unzip, type Encoding } from '#process/encode.server.ts'
import type { Page } from '#process/render.server.ts'

/** A page as it is kept: ready to send in each encoding. */
export type Stored = {
  headers: Record<string, string>
  br: Buffer
  gzip: Buffer
  tags: string[]
  /** On the clock of `performance.now()`. */
  until: number
}

/** Bytes that all pages together may take; the one not asked for longest goes first. */
export const mostBytes = 64 * 1024 * 1024
let bytes = 0
const pages = new Map<string, Stored>()

/** Counts invalidations; a render remembers where the count stood when it began. */
let count = 0
const invalidated = new Map<string, number>()
let rendering = 0
const flights = new Map<string, Promise<Stored | null>>()

/** Of what is kept about a page beside its bytes. */
const overhead = 1024
const sizeOf = (page: Stored) => page.br.length + page.gzip.length + overhead

/** Tag that each page has for its own path, whatever its query and looks. */
const pathTag = (key: string) => `path ${key.split(/[? ]/, 1)[0] ?? ''}`

/** The page under a key, if it is kept and still good. */
export function findPage(key: string): Stored | null {
  const page = pages.get(key)
  if (!page) return null
  pages.delete(key)
  if (page.until > performance.now()) pages.set(key, page)
  else bytes -= sizeOf(page)
  return page.until > performance.now() ? page : null
}

/**
 * Renders a page for everybody, once for all who ask for it meanwhile, and keeps it. Null if it may not be kept.
 * @param key path, then `?query` in one order, then a space and the looks.
 */
export function renderPage(key: string, render: () => Promise<Page | null>): Promise<Stored | null> {
  const flying = flights.get(key)
  if (flying) return flying
  const flight = renderAndKeep(key, render).finally(() => {
    if (flights.get(key) === flight) flights.delete(key)
  })
  flights.set(key, flight)
  return flight
}

async function renderAndKeep(key: string, render: () => Promise<Page | null>): Promise<Stored | null> {
  const began = count
  rendering += 1
  try {
    const page = await render()
    const stored = page && (await prepare(page, key))
    const stale = stored?.tags.some((tag) => (invalidated.get(tag) ?? 0) > began)
    if (stored && !stale) keep(key, stored)
    return stored
  } finally {
    rendering -= 1
    if (rendering === 0) invalidated.clear()
  }
}

const header = (page: Page, name: string) => page.headers[name]?.toString() ?? ''

/** How a page is kept; null if it says nothing of being for everybody, or is no whole page, or sets a cookie. */
async function prepare(page: Page, key: string): Promise<Stored | null> {
  const seconds = Number(/(?:^|[,\s])max-age=(\d+)/.exec(header(page, 'cdn-cache-control'))?.[1] ?? 0)
  if (page.status !== 200 || seconds === 0 || page.headers['set-cookie']) return null
  const policy = header(page, 'content-security-policy')
  const devices = header(page, 'permissions-policy')
  const hash = createHash('sha256').update(policy).update(page.body).digest('base64url').slice(0, 22)
  const [br, gzip] = await Promise.all([encode(page.body, 'br', true), encode(page.body, 'gzip', true)])
  const tags = header(page, 'cache-tag')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  const headers = {
    'Content-Type': header(page, 'content-type'),
    ...(policy && { 'Content-Security-Policy': policy }),
    ...(devices && { 'Permissions-Policy': devices }),
    // Browsers ask each time and mostly hear 304, so a withdrawal is seen at once.
    'Cache-Control': 'no-cache',
    ETag: `W/"${hash}"`,
    Vary: 'Accept-Encoding, Cookie',
  }
  return { headers, br, gzip, tags: [...tags, pathTag(key)], until: performance.now() + seconds * 1000 }
}

function keep(key: string, page: Stored) {
  forget(key)
  if (sizeOf(page) > mostBytes / 8) return
  pages.set(key, page)
  bytes += sizeOf(page)
  for (const oldest of pages.keys()) {
    if (bytes <= mostBytes) break
    forget(oldest)
  }
}

function forget(key: string) {
  const page = pages.get(key)
  if (!page) return
  pages.delete(key)
  bytes -= sizeOf(page)
}

/** The bytes of a page in an encoding. */
export function bodyOf(page: Stored, encoding: Encoding): Promise<Buffer> {
  return encoding === 'identity' ? unzip(page.gzip) : Promise.resolve(page[encoding])
}

/**
 * Forgets every page that carries one of the tags, and whatever of them is being rendered now. Call after the commit
 * that changed what the pages show.
 */
export function invalidateTags(tags: string[]): void {
  count += 1
  flights.clear()
  if (rendering > 0) for (const tag of tags) invalidated.set(tag, count)
  const named = new Set(tags)
  for (const [key, page] of pages) if (page.tags.some((tag) => named.has(tag))) forget(key)
}

/** Forgets the pages of one path, in all looks. */
export function invalidatePath(path: string): void {
  invalidateTags([pathTag(path)])
}

/** What the cache holds, for the health page. */
export function cacheSize(): { pages: number; bytes: number } {
  return { pages: pages.size, bytes }
}

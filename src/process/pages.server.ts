// Everything that Astro answers. Pages that are the same for everybody are rendered without anybody's cookies and
// kept; all others are rendered for who asks, and stored nowhere.
import type { Settings } from '#env.ts'
import { readLooks, writeLooks } from '#ui/looks.ts'
import { capOf, readBody } from '#process/body.server.ts'
import { chooseEncoding, encode } from '#process/encode.server.ts'
import { ownTurn } from '#process/own-turn.server.ts'
import { bodyOf, findPage, renderPage, type Stored } from '#process/front-cache.server.ts'
import { requireForm } from '#process/form-body.ts'
import type { Answer, Visit } from '#process/front-door.server.ts'
import { render, requestFor, type AstroHandler, type Page } from '#process/render.server.ts'
import { isKnown, sendBytes } from '#process/send-file.server.ts'
import { broken, noSuchPage } from '#process/turn-away.ts'

/** A form of 1 MB takes so long on a slow line. */
const milliseconds = 60_000
/** Less than this is not worth compressing. */
const leastCompressed = 1024
/** Addresses that have said they are for everybody. */
const mostShared = 20_000

/**
 * Answers with what Astro renders.
 * @param isOpen whether anyone may see the address at a path; only such pages are kept.
 * @param preload adds to the head of a page.
 */
export function pages(
  settings: Pick<Settings, 'origin'>,
  handler: AstroHandler,
  isOpen: (path: string) => boolean,
  preload: (html: string) => Promise<string>,
): Answer {
  const shared = new Set<string>()
  const host = new URL(settings.origin).host

  const renderShared = async (url: string, looks: string): Promise<Page | null> => {
    const req = requestFor(url, { host, accept: 'text/html', cookie: `looks=${looks}` })
    const page = await render(handler, req, { address: '' })
    return page === 'sent' || page === null ? null : withPreloads(page, preload)
  }

  /** The page for everybody, if this is one. */
  const sharedPage = async ({ req, path, query }: Visit): Promise<Stored | null> => {
    const url = sharedUrl(path, query)
    if (!url || !shared.has(path)) return null
    const looks = writeLooks(readLooks(cookie(req.headers.cookie, 'looks')))
    const key = `${url} ${looks}`
    const page = findPage(key) ?? (await renderPage(key, () => renderShared(url, looks)))
    if (!page) shared.delete(path)
    return page
  }

  const renderOwn = async (visit: Visit, url?: string): Promise<Page | 'sent' | null> => {
    if (url) visit.req.url = url
    await ownTurn()
    const page = await render(handler, visit.req, { address: visit.address }, visit.res)
    if (page === null || page === 'sent') return page
    if (page.status >= 500 && !page.headers['content-type']) throw broken()
    if (page.headers['cdn-cache-control'] && isOpen(visit.path) && shared.size < mostShared)
      shared.add(visit.path)
    return withPreloads(page, preload)
  }

  return async (visit) => {
    if (visit.method === 'POST') await takeBody(visit)
    const stored = visit.method === 'POST' ? null : await sharedPage(visit)
    if (stored) return sendStored(visit, stored)
    const found = await renderOwn(visit)
    const asked = visit.method !== 'POST' && visit.req.headers.accept?.includes('text/html')
    const page = found ?? (asked ? await renderOwn(visit, '/404') : null)
    if (page === null) throw noSuchPage()
    return page === 'sent' || sendPage(visit, page)
  }
}

/** Its address if a page may be for everybody: none of those reads a query, and each that was kept would push out another. */
const sharedUrl = (path: string, query: string) => (query === '' || query === '?' ? path : null)

const cookie = (header: string | undefined, name: string) =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** Astro's adapter takes a body that is on the request already. */
async function takeBody({ req, res, path }: Visit): Promise<void> {
  const body = await readBody(req, res, { bytes: capOf(path), milliseconds })
  if (!path.startsWith('/api/auth/')) await requireForm(req.headers['content-type'] ?? '', body)
  Object.assign(req, { body })
}

const isHtml = (page: Page) => page.headers['content-type']?.toString().startsWith('text/html') ?? false

/** Pages leave with their preloads, and with the encoding that Astro does not name. */
async function withPreloads(page: Page, preload: (html: string) => Promise<string>): Promise<Page> {
  if (!isHtml(page)) return page
  const headers = { ...page.headers, 'content-type': 'text/html; charset=utf-8' }
  return { ...page, headers, body: Buffer.from(await preload(page.body.toString())) }
}

async function sendStored(visit: Visit, page: Stored): Promise<true> {
  if (isKnown(visit, page.headers)) return true
  const encoding = chooseEncoding(visit.req.headers['accept-encoding']?.toString())
  const headers = encoding === 'identity' ? page.headers : { ...page.headers, 'Content-Encoding': encoding }
  return sendBytes(visit, headers, await bodyOf(page, encoding))
}

async function sendPage({ req, res, method }: Visit, page: Page): Promise<true> {
  const worth = isHtml(page) && page.body.length >= leastCompressed
  const encoding = worth ? chooseEncoding(req.headers['accept-encoding']?.toString()) : 'identity'
  const body = await encode(page.body, encoding)
  const { 'content-length': _, ...headers } = page.headers
  const own = {
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    Vary: 'Accept-Encoding, Cookie',
  }
  const length = method === 'HEAD' ? {} : { 'Content-Length': String(body.length) }
  res.writeHead(page.status, { ...headers, ...own, ...length })
  res.end(method === 'HEAD' ? undefined : body)
  return true
}

import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoSettings } from '#env.ts'
import {
  cacheSize,
  findPage,
  invalidatePath,
  invalidateTags,
  mostBytes,
  renderPage,
} from '#process/front-cache.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import frontProvider from '#process/front-provider.ts'
import { recordsSound } from '#process/headers.ts'
import { log } from '#process/log.server.ts'
import { pages } from '#process/pages.server.ts'
import type { AstroHandler } from '#process/render.server.ts'
import { listenHere, sendRaw, type Listening } from '../support/http.ts'

log.level = 'silent'
let here: Listening

/** What each address answers, as Astro's adapter would write it. */
type Reply = {
  status?: number
  headers?: Record<string, string>
  body?: string
  breaks?: boolean
  before?: Promise<void>
}
let replies: Record<string, (asked: { url: string; cookie: string; address: string }) => Reply> = {}
let rendered: string[] = []

const astro: AstroHandler = async (req, res, next, locals) => {
  const url = req.url ?? ''
  const reply = replies[url.split('?')[0] ?? '']
  if (!reply) return next()
  rendered.push(url)
  const { address } = locals as { address: string }
  const {
    status = 200,
    headers = {},
    body = '',
    breaks,
    before,
  } = reply({ url, cookie: req.headers.cookie ?? '', address })
  await before
  res.writeHead(status, { 'content-type': 'text/html', ...headers })
  res.write(Buffer.from(body))
  if (breaks) return void res.write('Internal server error', () => res.destroy(new Error('broke')))
  res.end()
}

const forAll = (...tags: string[]) => {
  const headers = frontProvider().setHeaders?.({ tags }, new Request('http://x'))
  return Object.fromEntries(headers ?? [])
}

beforeAll(async () => {
  let door = openFrontDoor(demoSettings({}), [])
  here = await listenHere((req, res) => void door(req, res))
  const settings = { ...demoSettings({}), origin: here.origin }
  const preload = async (html: string) =>
    html.replace('</head>', '<link rel="modulepreload" href="/x.js"></head>')
  door = openFrontDoor(settings, [pages(settings, astro, (path) => !path.startsWith('/me'), preload)])
})
afterAll(() => here.close())
beforeEach(() => {
  rendered = []
  replies = {}
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(here.origin + path, { headers })
const text = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text()
/** A first request lets the address say that it is for everybody. */
const warm = async (path: string) => (await text(path), await text(path), (rendered = []))

test('a page for everybody is rendered once and then comes from memory', async () => {
  replies['/a'] = () => ({ headers: forAll('t-a'), body: '<head></head>one' })
  await warm('/a')
  expect(await text('/a')).toContain('one')
  expect(await text('/a', { cookie: 'lianxue.session_token=secret' })).toContain('one')
  expect(rendered).toEqual([])
})

test('browsers ask each time, hear 304 when nothing has changed, and nothing of tags', async () => {
  replies['/b'] = () => ({ headers: forAll('t-b'), body: '<head></head>two' })
  await warm('/b')
  const first = await get('/b')
  expect(first.headers.get('cache-control')).toBe('no-cache')
  expect([...first.headers.keys()].filter((name) => /cdn|tag$/.test(name) && name !== 'etag')).toEqual([])
  const again = await get('/b', { 'if-none-match': first.headers.get('etag') ?? '' })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(again.headers.get('x-content-type-options')).toBe('nosniff')
  invalidateTags(['t-b'])
  replies['/b'] = () => ({ headers: forAll('t-b'), body: '<head></head>changed' })
  const changed = await get('/b', { 'if-none-match': first.headers.get('etag') ?? '' })
  expect([changed.status, (await changed.text()).includes('changed')]).toEqual([200, true])
})

test('a page that records hears the microphone from memory, too', async () => {
  const own = { ...forAll(), 'Content-Security-Policy': "script-src 'self'" }
  replies['/r'] = () => ({ headers: { ...own, 'Permissions-Policy': recordsSound }, body: '<head></head>r' })
  await warm('/r')
  const { headers } = await get('/r')
  expect(rendered).toEqual([])
  expect(headers.get('permissions-policy')).toBe(recordsSound)
  expect(headers.get('content-security-policy')).toContain("media-src 'self' blob:")
})

test('a page is kept without anything of who asked for it', async () => {
  const cookies: string[] = []
  replies['/c'] = ({ cookie, address }) => (
    cookies.push(`${cookie} ${address}`),
    { headers: forAll(), body: `<head></head>${cookie}` }
  )
  const mine = { cookie: 'lianxue.session_token=secret; looks=elder.max.dark; x=y' }
  expect(await text('/c', mine)).toContain('secret')
  expect(await text('/c', mine)).not.toMatch(/secret|x=y/)
  expect(cookies[1]).toBe('looks=elder.max.dark ')
})

test('each look has its own page, and a look that does not exist is the plain one', async () => {
  replies['/d'] = ({ cookie }) => ({ headers: forAll('t-d'), body: `<head></head>${cookie}` })
  await warm('/d')
  expect(await text('/d')).toContain('looks=standard.normal.auto')
  expect(await text('/d', { cookie: 'looks=elder' })).toContain('looks=elder.normal.auto')
  expect(await text('/d', { cookie: 'looks=<script>' })).toContain('looks=standard.normal.auto')
  expect(rendered).toHaveLength(1)
})

test('an address with a query is rendered for who asks, so that made-up ones push out no page', async () => {
  replies['/e'] = ({ url }) => ({ headers: forAll('t-e'), body: `<head></head>${url}` })
  await warm('/e')
  await text('/e?')
  expect(rendered).toEqual([])
  await text('/e?from=wechat')
  await text('/e?from=wechat')
  expect(rendered).toEqual(['/e?from=wechat', '/e?from=wechat'])
})

test.each<[string, string, Reply]>([
  ['sets a cookie', '/f1', { headers: { 'set-cookie': 'a=b' } }],
  ['was not found', '/f2', { status: 404 }],
  ['leads elsewhere', '/f3', { status: 302, headers: { location: '/' } }],
  ['lives no second', '/f4', { headers: { 'CDN-Cache-Control': 'max-age=0' } }],
  ['says nothing', '/f5', { headers: { 'CDN-Cache-Control': '' } }],
])('a page that %s is never kept', async (_, path, reply) => {
  replies[path] = () => ({
    body: '<head></head>x',
    ...reply,
    headers: { ...forAll('t-f'), ...reply.headers },
  })
  for (let i = 0; i < 3; i++) await fetch(here.origin + path, { redirect: 'manual' })
  expect(rendered.length).toBeGreaterThanOrEqual(3)
  expect(findPage(`${path} standard.normal.auto`)).toBeNull()
})

test('an address that is not open to anyone is never kept, whatever the page says', async () => {
  replies['/me/x'] = ({ cookie }) => ({ headers: forAll('t-g'), body: `<head></head>${cookie}` })
  for (let i = 0; i < 3; i++) expect(await text('/me/x', { cookie: `who=${i}` })).toContain(`who=${i}`)
  const response = await get('/me/x')
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('who ask together wait for one rendering', async () => {
  replies['/h'] = () => ({ headers: forAll('t-h'), body: '<head></head>together' })
  await warm('/h')
  invalidateTags(['t-h'])
  let go = () => undefined as void
  const before = new Promise<void>((resolve) => (go = resolve))
  replies['/h'] = () => ({ headers: forAll('t-h'), body: '<head></head>together', before })
  const many = Promise.all(Array.from({ length: 20 }, () => text('/h')))
  await new Promise((resolve) => setTimeout(resolve, 100))
  go()
  expect(new Set(await many).size).toBe(1)
  expect(rendered).toEqual(['/h'])
})

test('a render that began before an invalidation is never stored after it', async () => {
  replies['/i'] = () => ({ headers: forAll('t-i'), body: '<head></head>old' })
  await warm('/i')
  invalidateTags(['t-i'])
  let go = () => undefined as void
  const before = new Promise<void>((resolve) => (go = resolve))
  replies['/i'] = () => ({ headers: forAll('t-i'), body: '<head></head>old', before })
  const early = text('/i')
  await new Promise((resolve) => setTimeout(resolve, 50))
  invalidateTags(['t-i'])
  replies['/i'] = () => ({ headers: forAll('t-i'), body: '<head></head>new' })
  // Who asks after the withdrawal does not wait for what was begun before it.
  expect(await text('/i')).toContain('new')
  go()
  expect(await early).toContain('old')
  expect(await text('/i')).toContain('new')
  invalidatePath('/i')
  expect(await text('/i')).toContain('new')
})

test('an invalidation of another tag leaves a page alone, one of its path or its tag does not', async () => {
  replies['/j'] = () => ({ headers: forAll('t-j', 'shared'), body: '<head></head>x' })
  await warm('/j')
  invalidateTags(['other'])
  await text('/j')
  expect(rendered).toEqual([])
  await frontProvider().invalidate({ path: '/j' })
  await text('/j')
  await frontProvider().invalidate({ tags: 'shared' })
  await text('/j')
  expect(rendered).toEqual(['/j', '/j'])
})

test('what is kept is compressed, and reads the same in each encoding', async () => {
  const body = `<head></head>${'廉洁文化'.repeat(2000)}`
  replies['/k'] = () => ({ headers: forAll('t-k'), body })
  await warm('/k')
  const kept = findPage('/k standard.normal.auto')
  const whole = body.replace('</head>', '<link rel="modulepreload" href="/x.js"></head>')
  expect(kept && [brotliDecompressSync(kept.br), gunzipSync(kept.gzip)].map(String)).toEqual([whole, whole])
  const sizes: number[] = []
  for (const encoding of ['br', 'gzip', 'identity']) {
    const response = await get('/k', { 'accept-encoding': encoding })
    expect(await response.text()).toBe(whole)
    sizes.push(Number(response.headers.get('content-length')))
  }
  expect(sizes[0]).toBeLessThan(500)
  expect(sizes[1]).toBeLessThan(500)
  expect(sizes[2]).toBeGreaterThan(24_000)
})

test('the memory for pages has an end, and the page not asked for longest goes first', async () => {
  const headers = { 'cdn-cache-control': 'max-age=60', 'cache-tag': 't-l' }
  const page = async () => ({ status: 200, headers, body: randomBytes(2_000_000) })
  for (let i = 0; i < 20; i++) {
    await renderPage(`/l${i} x`, page)
    findPage('/l0 x')
  }
  expect(cacheSize().bytes).toBeLessThanOrEqual(mostBytes)
  const kept = Array.from({ length: 20 }, (_, i) => findPage(`/l${i} x`) !== null)
  expect([kept[0], kept[1], kept[19]]).toEqual([true, false, true])
  invalidateTags(['t-l'])
  expect(findPage('/l19 x')).toBeNull()
})

test('a page that is too large by itself is sent but not kept', async () => {
  const headers = { 'cdn-cache-control': 'max-age=60' }
  const page = async () => ({ status: 200, headers, body: randomBytes(6_000_000) })
  expect(await renderPage('/large x', page)).not.toBeNull()
  expect(findPage('/large x')).toBeNull()
})

test('a page that breaks half-way becomes an error and not half a page', async () => {
  replies['/m'] = () => ({ headers: forAll('t-m'), body: '<html><head></head><p>half', breaks: true })
  const response = await get('/m', { accept: 'text/html' })
  expect(response.status).toBe(500)
  const body = await response.text()
  expect(body).not.toContain('half')
  expect(body).toContain('系统出了问题，这一步没有完成。')
})

test('an address that does not exist shows the page for it to people', async () => {
  replies['/404'] = () => ({ status: 404, body: '<head></head>没有找到这一页' })
  const page = await get('/not/there', { accept: 'text/html' })
  expect([page.status, (await page.text()).includes('没有找到这一页')]).toEqual([404, true])
  expect((await get('/not/there')).headers.get('content-type')).toContain('json')
})

test('a personal page is compressed, told which scripts to fetch, and stored nowhere', async () => {
  replies['/me/y'] = () => ({ body: `<head></head>${'我的学习'.repeat(1000)}` })
  const response = await get('/me/y', { 'accept-encoding': 'br' })
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toContain('modulepreload')
})

test('what is no page is sent as it comes', async () => {
  replies['/file'] = () => ({
    headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment' },
    body: 'a,b',
  })
  const response = await get('/file')
  expect([await response.text(), response.headers.get('content-disposition')]).toEqual(['a,b', 'attachment'])
})

test('HEAD has the headers of the page and no body', async () => {
  replies['/n'] = () => ({ headers: forAll('t-n'), body: '<head></head>x' })
  await warm('/n')
  const response = await fetch(`${here.origin}/n`, { method: 'HEAD' })
  expect([response.status, response.headers.get('etag') !== null, await response.text()]).toEqual([
    200,
    true,
    '',
  ])
})

test('a form larger than 1 MB does not reach the page', async () => {
  replies['/form'] = () => ({ body: 'taken' })
  const request = (length: number) =>
    `POST /form HTTP/1.1\r\nHost: 127.0.0.1:${here.port}\r\nOrigin: ${here.origin}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`
  expect(await sendRaw(here.port, request(3_000_000))).toContain('内容太大，最多 1 MB。')
  expect(rendered).toEqual([])
  expect(await sendRaw(here.port, `${request(3)}a=b`)).toContain('taken')
})

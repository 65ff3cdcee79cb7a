import { afterAll, beforeAll, expect, test } from 'vitest'
import { useSettings, demoSettings } from '#env.ts'
import { openFrontDoor, type Answer, type Visit } from '#process/front-door.server.ts'
import { log } from '#process/log.server.ts'
import { Refusal } from '#refusal.ts'
import { listenHere, sendRaw, statusOf, type Listening } from '../support/http.ts'
import { otherSpellings, protectedPath } from '../support/spellings.ts'

log.level = 'silent'
let here: Listening
let seen: Visit[] = []

/** Lets everything in that the door lets through, so that a 200 means "got past". */
const answer: Answer = (visit) => {
  seen.push(visit)
  if (visit.path === '/broken') throw new Error('the password is 123')
  if (visit.path === '/full')
    throw new Error('Failed query', { cause: new Refusal('busy', '这一步没有存下。', '请过几秒再试。') })
  if (visit.path === '/nowhere') return false
  if (visit.path !== protectedPath && visit.path !== '/') return false
  visit.res.writeHead(200, {
    'Content-Type': 'text/plain',
    'Cache-Tag': 'a',
    'CDN-Cache-Control': 'max-age=9',
  })
  visit.res.end('got past')
  return true
}

beforeAll(async () => {
  let door = openFrontDoor(demoSettings({}), [answer])
  here = await listenHere((req, res) => void door(req, res))
  const settings = {
    ...demoSettings({ PORT: String(here.port) }),
    origin: here.origin,
    trustedProxy: ['127.0.0.1'],
  }
  door = openFrontDoor(useSettings(settings), [answer])
})
afterAll(() => here.close())

const get = (path: string, ...headers: string[]) =>
  sendRaw(
    here.port,
    [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${here.port}`, 'Connection: close', ...headers, '', ''].join(
      '\r\n',
    ),
  )
const post = (path: string, ...headers: string[]) =>
  sendRaw(
    here.port,
    [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${here.port}`,
      'Connection: close',
      'Content-Length: 2',
      ...headers,
      '',
      '{}',
    ].join('\r\n'),
  )

test('the one spelling of an address is let in', async () => {
  expect(statusOf(await get(protectedPath))).toBe(200)
  expect(statusOf(await get(`${protectedPath}?a=%61//..`))).toBe(200)
})

test.each(otherSpellings)('%s does not get past the door: %s', async (_, path) => {
  const reply = await get(path)
  expect([400, 404]).toContain(statusOf(reply))
  expect(reply).not.toContain('got past')
})

test('an address under another host is sent to the right one', async () => {
  const reply = await sendRaw(here.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
  expect(statusOf(reply)).toBe(400)
  expect(reply).toContain(`这个网址不是本站的地址。`)
  expect(reply).toContain(`请从 ${here.origin} 进入。`)
  expect(reply).not.toContain('evil.example')
})

test('two hosts are one too many, and none is too few', async () => {
  const two = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${here.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
  expect(statusOf(await sendRaw(here.port, two))).toBe(400)
  expect(statusOf(await sendRaw(here.port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400)
})

test.each([
  ['a foreign page', 'Origin: https://evil.example'],
  ['a page of this machine on another port', 'Origin: http://127.0.0.1:1'],
  ['a page that hides where it is', 'Origin: null'],
  ['somebody who says nothing', 'X-Nothing: 1'],
])('what changes something is not taken from %s, JSON neither', async (_, origin) => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
    const reply = await post('/', origin, `Content-Type: ${type}`)
    expect(statusOf(reply)).toBe(403)
    expect(reply).toContain('这个请求不是从本站的页面发出的，没有受理。')
  }
})

test('what changes something is taken from our own page', async () => {
  expect(statusOf(await post('/', `Origin: ${here.origin}`))).toBe(200)
})

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
  '%s is not spoken here',
  async (method) => {
    const reply = await sendRaw(
      here.port,
      `${method} / HTTP/1.1\r\nHost: 127.0.0.1:${here.port}\r\nOrigin: ${here.origin}\r\nConnection: close\r\n\r\n`,
    )
    expect(statusOf(reply)).toBe(405)
  },
)

test('an endless address is refused', async () => {
  expect(statusOf(await get(`/${'a'.repeat(5000)}`))).toBe(414)
})

test('every reply carries the security headers: answers, refusals, missing pages, faults', async () => {
  const replies = [
    await get('/'),
    await get('//'),
    await get('/nowhere'),
    await get('/broken'),
    await post('/'),
  ]
  expect(replies.map(statusOf)).toEqual([200, 404, 404, 500, 403])
  for (const reply of replies) {
    expect(reply).toContain('X-Content-Type-Options: nosniff')
    expect(reply).toContain('Referrer-Policy: same-origin')
    expect(reply).toContain('Permissions-Policy: ')
    expect(reply).toContain('Cross-Origin-Opener-Policy: same-origin')
    expect(reply).toContain("Content-Security-Policy: default-src 'none'")
    expect(reply).toContain('Cache-Control: no-store')
    expect(reply).not.toMatch(/cache-tag|cdn-cache-control|x-powered-by/i)
  }
})

test('a fault says nothing of its reason', async () => {
  const reply = await get('/broken')
  expect(reply).toContain('系统出了问题，这一步没有完成。')
  expect(reply).not.toContain('123')
})

test('what cannot be stored now is said in words, with a time to try again, whoever wrapped the reason', async () => {
  const page = await get('/full', 'Accept: text/html')
  expect(statusOf(page)).toBe(503)
  expect(page).toContain('Retry-After: 5')
  expect(page).toContain('<h1>这一步没有存下。</h1><p>请过几秒再试。</p>')
  expect(await get('/full')).toContain('"message":"这一步没有存下。","hint":"请过几秒再试。"')
  expect(await get('/')).not.toContain('Retry-After')
})

test('people get a page and scripts get JSON', async () => {
  const page = await get('/nowhere', 'Accept: text/html')
  expect(page).toContain('Content-Type: text/html; charset=utf-8')
  expect(page).toContain('<h1>没有这个页面。</h1>')
  expect(page).toContain('</html>')
  expect(await get('/nowhere')).toContain('{"refused":"404","message":"没有这个页面。"')
})

test('a client address that is forged reaches no page', async () => {
  seen = []
  await get(
    '/',
    'X-Forwarded-For: 6.6.6.6, 203.0.113.9',
    'X-Forwarded-Host: evil.example',
    'X-Real-IP: 6.6.6.6',
  )
  const [visit] = seen
  expect(visit?.address).toBe('203.0.113.9')
  expect(JSON.stringify(visit?.req.headers)).not.toMatch(/6\.6\.6\.6|evil/)
})

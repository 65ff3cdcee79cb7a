import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSettings } from '#env.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { builtFiles, mediaFiles } from '#process/static.server.ts'
import { listenHere, type Listening } from '../support/http.ts'

let here: Listening
let folder = ''
const hash = 'a'.repeat(64)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-files-'))
  for (const name of ['client/_astro', 'media', 'client/.vite'])
    mkdirSync(join(folder, name), { recursive: true })
  const put = (name: string, body: string | Buffer) => writeFileSync(join(folder, name), body)
  put('client/_astro/Study.A1.js', `export const words=${JSON.stringify('廉'.repeat(3000))}`)
  put('client/favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  put('client/.vite/manifest.json', '{}')
  put('secret.txt', 'secret')
  put(`media/${hash}.mp3`, Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256)))
  put(`media/${hash}.svg`, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  put(`media/${hash}.pdf`, '%PDF-1.4')
  put(`media/${hash}.html`, '<script>alert(1)</script>')
  put(`media/notes.txt`, 'private')
  let door = openFrontDoor(demoSettings({}), [])
  here = await listenHere((req, res) => void door(req, res))
  const answers = [builtFiles(join(folder, 'client')), mediaFiles(folder)]
  door = openFrontDoor({ ...demoSettings({}), origin: here.origin }, answers)
})
afterAll(async () => {
  await here.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(here.origin + path, { headers, method })

test('what has its hash in its name is kept by browsers for ever, compressed', async () => {
  const response = await get('/_astro/Study.A1.js', { 'accept-encoding': 'br, gzip' })
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(Number(response.headers.get('content-length'))).toBeLessThan(200)
  expect(await response.text()).toContain('廉廉廉')
  const plain = await get('/_astro/Study.A1.js', { 'accept-encoding': 'identity' })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.headers.get('etag')).not.toBe(response.headers.get('etag'))
})

test('what has not is asked for each time and mostly unchanged', async () => {
  const first = await get('/favicon.svg')
  expect(first.headers.get('cache-control')).toBe('no-cache')
  const again = await get('/favicon.svg', { 'if-none-match': first.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
})

test('sound can be sought in', async () => {
  const whole = await get(`/media/${hash}.mp3`)
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
    200,
    'audio/mpeg',
    'bytes',
  ])
  expect((await whole.arrayBuffer()).byteLength).toBe(1000)
  const part = await get(`/media/${hash}.mp3`, { range: 'bytes=10-13' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-13/1000'])
  expect([...new Uint8Array(await part.arrayBuffer())]).toEqual([10, 11, 12, 13])
  const beyond = await get(`/media/${hash}.mp3`, { range: 'bytes=1000-' })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
  const changed = await get(`/media/${hash}.mp3`, { range: 'bytes=0-1', 'if-range': '"another"' })
  expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, 1000])
  const head = await get(`/media/${hash}.mp3`, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000', ''])
})

test('a drawing opened by itself runs nothing, and nothing is guessed to be of another type', async () => {
  for (const path of [`/media/${hash}.svg`, '/favicon.svg']) {
    const response = await get(path)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*sandbox$/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('a document is saved and not opened here', async () => {
  expect((await get(`/media/${hash}.pdf`)).headers.get('content-disposition')).toBe('attachment')
})

test.each([
  `/media/${hash}.html`,
  '/media/notes.txt',
  `/media/${hash}`,
  `/media/${'b'.repeat(64)}.mp3`,
  `/media/${hash.toUpperCase()}.mp3`,
  '/secret.txt',
  '/.vite/manifest.json',
  '/_astro',
  '/constructor',
])('%s is not there', async (path) => {
  expect((await get(path)).status).toBe(404)
})

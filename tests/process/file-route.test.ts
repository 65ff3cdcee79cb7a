// Files on their way from a browser to the disk, over real HTTP: everything that lines, browsers and strangers do to them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { media } from '#db/schema/library.ts'
import { demoSettings } from '#env.ts'
import type { Session } from '#people/session.ts'
import { limitArrival } from '#process/arrival.ts'
import { fileRoute } from '#process/file-route.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { log } from '#process/log.server.ts'
import { mediaFiles } from '#process/static.server.ts'
import { Refusal } from '#refusal.ts'
import { takeFile } from '#studio/files/take-file.server.ts'
import { freshDatabase } from '../support/database.ts'
import { listenHere, sendRaw, statusOf, type Listening } from '../support/http.ts'
import { mp4, pdf, slides } from '../studio/files/made-files.ts'

log.level = 'silent'
const MB = 1024 * 1024
const place = freshDatabase()
let here: Listening

const whoAsks = async (cookie: string | undefined) => {
  if (!cookie) throw new Refusal('signed-out', '还没有登录。', '请先登录。')
  return { person: { id: cookie } } as Session
}

beforeAll(async () => {
  let door = openFrontDoor(demoSettings({}), [])
  // A request has 300 ms to arrive, unless a route takes that upon itself.
  here = await listenHere((req, res) => (limitArrival(req, 300), void door(req, res)))
  here.server.requestTimeout = 0
  here.server.on('checkContinue', (req, res) => here.server.emit('request', req, res))
  const limits = { silent: 1000, drained: { bytes: 8 * MB, milliseconds: 5000 } }
  const route = fileRoute((_, __, sent) => takeFile(place.dataDir, sent), whoAsks, limits)
  const slow = async () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 2000))
  const answers = [route, mediaFiles(place.dataDir), slow]
  door = openFrontDoor({ ...demoSettings({}), origin: here.origin }, answers)
})
afterAll(() => here.close())

const address = (name: string) => `/studio/file?${new URLSearchParams({ draft: 'd', name })}`
const send = async (name: string, body: Buffer, headers: Record<string, string> = {}) => {
  const response = await fetch(here.origin + address(name), {
    ...{ method: 'POST', body: new Uint8Array(body) },
    headers: { origin: here.origin, cookie: 'me', ...headers },
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}
const head = (name: string, length: number, ...more: string[]) =>
  [
    `POST ${address(name)} HTTP/1.1`,
    ...[`Host: 127.0.0.1:${here.port}`, `Origin: ${here.origin}`, 'Cookie: me'],
    ...[`Content-Length: ${length}`, ...more, '', ''],
  ].join('\r\n')
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const kept = () =>
  ['media', 'media/.incoming'].map((folder) => {
    const path = join(place.dataDir, folder)
    return existsSync(path) ? readdirSync(path).filter((name) => name !== '.incoming').length : 0
  })
const settled = async (wanted: number[]) => {
  for (let i = 0; i < 50 && JSON.stringify(kept()) !== JSON.stringify(wanted); i++) await pause(20)
  expect(kept()).toEqual(wanted)
}
const begin = (name: string, person = 'me') =>
  new Promise<Socket>((resolve) => {
    const bytes = head(name, 1000).replace('Cookie: me', `Cookie: ${person}`)
    const socket = connect(here.port, '127.0.0.1', () => socket.write(`${bytes}%PDF`, () => resolve(socket)))
    socket.on('error', () => undefined)
  })

test('a film of thirty megabytes is kept, and read again in parts', async () => {
  const bytes = mp4({ seconds: 60, filler: 30 * MB })
  const { status, body } = await send('家访.mp4', bytes)
  expect([status, body['name'], body['seconds'], body['bytes']]).toEqual([200, '家访.mp4', 60, bytes.length])
  expect(readFileSync(join(place.dataDir, 'media', body['stored'] ?? '')).equals(bytes)).toBe(true)
  expect(await read.select().from(media)).toHaveLength(1)
  const part = await fetch(here.origin + body['url'], { headers: { range: `bytes=${20 * MB}-` } })
  expect([part.status, part.headers.get('content-type')]).toEqual([206, 'video/mp4'])
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(20 * MB))).toBe(true)
})

test('slides are saved and not opened here', async () => {
  const { body } = await send('讲稿.pptx', slides())
  const reply = await fetch(here.origin + body['url'])
  expect(reply.headers.get('content-disposition')).toBe('attachment')
})

test.each([1, 7])('who may not, or sends the wrong thing, hears why after %i MB', async (megabytes) => {
  const bytes = Buffer.alloc(megabytes * MB)
  const signedOut = await send('a.pdf', bytes, { cookie: '' })
  expect([signedOut.status, signedOut.body['message']]).toEqual([401, '还没有登录。'])
  const wrong = await send('a.exe', bytes)
  expect([wrong.status, wrong.body['message']]).toEqual([400, '“a.exe”不能放进稿子。'])
  const torn = await send('a.mp4', bytes)
  expect([torn.status, torn.body['refused']]).toEqual([400, 'invalid'])
})

test('after a refusal the same connection serves the next request', async () => {
  const body = 'x'.repeat(2 * MB)
  const reply = await sendRaw(
    here.port,
    `${head('a.exe', body.length)}${body}${head('b.exe', 2, 'Connection: close')}ab`,
  )
  expect(reply.match(/HTTP\/1\.1 400/g)).toHaveLength(2)
  expect(reply).toContain('“b.exe”不能放进稿子。')
})

test('501 MB are refused when they are announced; who goes on sending is cut off', async () => {
  const began = head('a.mp4', 501 * MB)
  const asked = await sendRaw(
    here.port,
    head('a.mp4', 501 * MB, 'Expect: 100-continue', 'Connection: close'),
    500,
  )
  expect(asked).not.toContain('100 Continue')
  expect(asked).toContain('“a.mp4”太大，最多500 MB。')
  const sent = await new Promise<number>((resolve) => {
    let bytes = 0
    const socket = connect(here.port, '127.0.0.1', () => socket.write(began))
    const timer = setInterval(() => socket.write(Buffer.alloc(MB), () => (bytes += MB)), 2)
    socket.on('error', () => undefined)
    socket.on('close', () => (clearInterval(timer), resolve(bytes)))
  })
  expect(sent).toBeLessThan(100 * MB)
})

test('a length that is too small or too large makes no file', async () => {
  const before = kept()
  const small = await sendRaw(here.port, `${head('a.pdf', 500, 'Connection: close')}${pdf().toString()}`)
  expect(statusOf(small)).toBe(400)
  const socket = await begin('a.pdf')
  socket.end(pdf())
  await pause(100)
  await settled(before)
})

test('a line that is cut in the middle leaves nothing', async () => {
  const [files] = kept()
  const rows = await read.select().from(media)
  const socket = await begin('a.pdf')
  await settled([files ?? 0, 1])
  socket.destroy()
  await settled([files ?? 0, 0])
  expect(await read.select().from(media)).toEqual(rows)
})

test('a slow line is waited for as long as something comes, far beyond the time of other requests', async () => {
  const bytes = pdf(996)
  const socket = connect(here.port, '127.0.0.1')
  let reply = ''
  socket.on('data', (piece) => (reply += piece.toString()))
  socket.write(head('慢.pdf', bytes.length, 'Connection: close'))
  for (let at = 0; at < bytes.length; at += 200) {
    await pause(250)
    socket.write(bytes.subarray(at, at + 200))
  }
  await new Promise((resolve) => socket.on('close', resolve))
  expect(statusOf(reply)).toBe(200)
})

test('a line that falls silent is given up, and nothing stays', async () => {
  const [files] = kept()
  const socket = await begin('a.pdf')
  await new Promise((resolve) => socket.on('close', resolve))
  await settled([files ?? 0, 0])
})

test('every other request must arrive in its time', async () => {
  const reply = await sendRaw(here.port, head('a.pdf', 100).replace('/studio/file', '/elsewhere'), 3000)
  expect(reply).toBe('')
})

test('two files at a time for one person, four for all; the places are free again afterwards', async () => {
  const own = [await begin('a.pdf'), await begin('b.pdf')]
  await pause(100)
  const third = await send('c.pdf', pdf())
  expect([third.status, third.body['message']]).toEqual([429, '您已经有2个文件正在传。'])
  const others = [await begin('a.pdf', 'he'), await begin('a.pdf', 'she')]
  await pause(100)
  const fifth = await send('c.pdf', pdf(), { cookie: 'they' })
  expect([fifth.status, fifth.body['message']]).toEqual([503, '现在传文件的人太多。'])
  for (const socket of [...own, ...others]) socket.destroy()
  await pause(100)
  expect((await send('c.pdf', pdf())).status).toBe(200)
})

test('the address takes files and nothing else, from our own pages only', async () => {
  expect((await fetch(here.origin + address('a.pdf'))).status).toBe(405)
  expect((await send('a.pdf', pdf(), { origin: 'http://evil.example' })).status).toBe(403)
  const nameless = await fetch(`${here.origin}/studio/file`, {
    ...{ method: 'POST', body: 'x', headers: { origin: here.origin, cookie: 'me' } },
  })
  expect(nameless.status).toBe(400)
})

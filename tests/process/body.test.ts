import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capOf, readBody } from '#process/body.server.ts'
import { turnAway } from '#process/reply.server.ts'
import type { TurnAway } from '#process/turn-away.ts'
import { listenHere, sendRaw, statusOf, type Listening } from '../support/http.ts'

let here: Listening

beforeAll(async () => {
  here = await listenHere((req, res) => {
    readBody(req, res, { bytes: 1024, milliseconds: 300 }).then(
      (body) => res.end(`${body.length}:${body.toString().slice(0, 5)}`),
      (why: TurnAway) => turnAway(req, res, why),
    )
  })
  here.server.on('checkContinue', (req, res) => here.server.emit('request', req, res))
})
afterAll(() => here.close())

const head = (...headers: string[]) => ['POST / HTTP/1.1', 'Host: x', ...headers, '', ''].join('\r\n')

test('a body within its cap is read whole', async () => {
  const response = await fetch(here.origin, { method: 'POST', body: 'hello' })
  expect(await response.text()).toBe('5:hello')
  expect(await (await fetch(here.origin, { method: 'POST' })).text()).toBe('0:')
})

test('what is announced as too large is refused before it is sent, and the connection ends', async () => {
  const began = Date.now()
  const reply = await sendRaw(here.port, `${head('Content-Length: 200000000')}only a little`)
  expect(statusOf(reply)).toBe(413)
  expect(reply).toContain('内容太大，最多 1 KB。')
  expect(reply).toContain('Connection: close')
  expect(Date.now() - began).toBeLessThan(2000)
})

test('what is not announced is cut off as soon as it is too large', async () => {
  const chunk = `400\r\n${'x'.repeat(1024)}\r\n`
  const reply = await sendRaw(here.port, head('Transfer-Encoding: chunked') + chunk + chunk + chunk)
  expect(statusOf(reply)).toBe(413)
})

test('somebody who goes on sending after the refusal is not listened to', async () => {
  const closed = new Promise<number>((resolve) => {
    const socket = connect(here.port, '127.0.0.1', () => socket.write(head('Content-Length: 200000000')))
    let sent = 0
    const timer = setInterval(() => socket.write('x'.repeat(65536), () => (sent += 65536)), 5)
    socket.on('error', () => undefined)
    socket.on('close', () => (clearInterval(timer), resolve(sent)))
  })
  expect(await closed).toBeLessThan(20_000_000)
})

test('who asks first whether a large body is welcome hears no before sending it', async () => {
  const reply = await sendRaw(here.port, head('Content-Length: 5000', 'Expect: 100-continue'))
  expect(statusOf(reply)).toBe(413)
  expect(reply).not.toContain('100 Continue')
  const welcome = await sendRaw(
    here.port,
    `${head('Content-Length: 2', 'Expect: 100-continue', 'Connection: close')}ab`,
  )
  expect(welcome).toContain('100 Continue')
  expect(welcome).toContain('2:ab')
})

test('a body that trickles in is not waited for', async () => {
  const reply = await sendRaw(here.port, `${head('Content-Length: 100')}a`)
  expect(statusOf(reply)).toBe(408)
  expect(reply).toContain('内容没有在时限内传完。')
})

test('who hangs up in the middle of a body harms nobody', async () => {
  const socket = connect(here.port, '127.0.0.1', () => socket.write(`${head('Content-Length: 100')}half`))
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await (await fetch(here.origin, { method: 'POST', body: 'hello' })).text()).toBe('5:hello')
})

test('the caps: what is sent all the time is small, forms are not', () => {
  expect(capOf('/study/beat')).toBe(16 * 1024)
  expect(capOf('/csp-report')).toBe(16 * 1024)
  expect(capOf('/admin/people')).toBe(1024 * 1024)
})

test('a file of hours may have five megabytes, and the form round it a little more', () => {
  expect(capOf('/admin/hours/import')).toBe(5.25 * 1024 * 1024)
  expect(capOf('/admin/hours')).toBe(1024 * 1024)
})

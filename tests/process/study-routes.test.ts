import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSettings } from '#env.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { log } from '#process/log.server.ts'
import { studyRoutes, visitorRoutes } from '#process/study-routes.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { listenHere, type Listening } from '../support/http.ts'

log.level = 'silent'
let here: Listening
const calls: [string, unknown][] = []

const steps = {
  open: async (person: string, body: unknown) => (calls.push([person, body]), { opened: true }),
  beat: async () => {
    throw new Refusal('closed', '这一段学习已经结束。', '页面会自动开始新的一段。')
  },
  close: async () => {
    throw new Error('a bug')
  },
  state: async () => {
    throw new Refusal('busy', '这一步没有存下。', '请过几秒再试一次。')
  },
}

const answer = async (session: Session | null, body: unknown) => ({ session, body })

const whoAsks = async (cookie: string | undefined) => {
  if (cookie !== 'me')
    throw new Refusal('signed-out', '还没有登录，或登录已经过期。', '请重新登录，再做一次。')
  return 'person-1'
}

beforeAll(async () => {
  let door = openFrontDoor(demoSettings({}), [])
  here = await listenHere((req, res) => void door(req, res))
  const answers = [studyRoutes(steps, whoAsks), visitorRoutes({ answer })]
  door = openFrontDoor({ ...demoSettings({}), origin: here.origin }, answers)
})
afterAll(() => here.close())

const send = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${here.origin}/study/${path}`, {
    method: 'POST',
    body,
    headers: { origin: here.origin, cookie: 'me', ...headers },
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('what a lesson says reaches the record, as JSON or as the text of a beacon', async () => {
  for (const type of ['application/json', 'text/plain;charset=UTF-8']) {
    const { status, body, headers } = await send('open', '{"lesson":"lsn-1"}', { 'content-type': type })
    expect([status, body]).toEqual([200, { opened: true }])
    expect(headers.get('cache-control')).toBe('no-store')
  }
  expect(calls).toEqual([
    ['person-1', { lesson: 'lsn-1' }],
    ['person-1', { lesson: 'lsn-1' }],
  ])
})

test('who is not signed in hears it, and nothing is done', async () => {
  const before = calls.length
  const { status, body } = await send('open', '{}', { cookie: 'nobody' })
  expect(status).toBe(401)
  expect(body).toEqual({
    refused: 'signed-out',
    message: '还没有登录，或登录已经过期。',
    hint: '请重新登录，再做一次。',
  })
  expect(calls).toHaveLength(before)
})

test('a refusal keeps its status and its words', async () => {
  const { status, body } = await send('beat', '{}')
  expect(status).toBe(410)
  expect(body).toEqual({
    refused: 'closed',
    message: '这一段学习已经结束。',
    hint: '页面会自动开始新的一段。',
  })
})

test('what cannot be stored now may be sent again in a few seconds', async () => {
  const { status, body, headers } = await send('state', '{}')
  expect([status, headers.get('retry-after'), body.refused]).toEqual([503, '5', 'busy'])
})

test.each(['', '{', '{"a":1}}', 'lesson=1', '\u0000'])(
  'what is no JSON gets a clear reply: %j',
  async (text) => {
    const { status, body } = await send('open', text)
    expect(status).toBe(400)
    expect(body.message).toBe('收到的内容不是完整的 JSON。')
  },
)

test('a fault of ours is no fault of the learner, and says nothing of its reason', async () => {
  const { status, body } = await send('close', '{}')
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('a bug')
})

test('more than 16 KB is no beat', async () => {
  const { status, body } = await send('open', JSON.stringify({ a: 'x'.repeat(17_000) }))
  expect(status).toBe(413)
  expect(body.message).toBe('内容太大，最多 16 KB。')
})

test('an answer is taken from who is not signed in, too', async () => {
  const { status, body, headers } = await send('answer', '{"fields":[]}', { cookie: '' })
  expect([status, body]).toEqual([200, { session: null, body: { fields: [] } }])
  expect(headers.get('cache-control')).toBe('no-store')
  expect((await fetch(`${here.origin}/study/answer`)).status).toBe(405)
})

test('another name below /study does not exist, and looking is not sending', async () => {
  expect((await send('delete', '{}')).status).toBe(404)
  expect((await fetch(`${here.origin}/study/open`)).status).toBe(405)
})

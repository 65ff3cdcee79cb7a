// A small learning record store over real HTTP, by the rules of the standard that matter for who sends to it: a batch is
// stored whole or not at all, a statement that is there is never changed, another one under its id is a conflict. It fails
// on demand.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { listenHere } from './http.ts'

type Stored = { id: string } & Record<string, unknown>

/**
 * What happens to a request instead: a status, nothing at all (`gone`), a reply that is lost after everything was stored
 * (`lost`), or silence until the other side gives up. `none` lets one through.
 */
export type Fault =
  { status: number; retryAfter?: string; location?: string } | 'gone' | 'lost' | 'silent' | 'none'

export type Lrs = Awaited<ReturnType<typeof startLrs>>

/** Listens until closed. `judge` says what is wrong with a statement; `strict` answers 409 for every repeat. */
export async function startLrs(
  options: {
    versions?: string[]
    judge?: (statement: unknown) => string[]
    strict?: boolean
    mostBytes?: number
  } = {},
) {
  const { versions = ['1.0.3', '2.0.0'], judge = () => [], strict = false, mostBytes = Infinity } = options
  const statements = new Map<string, Stored>()
  const seen = { requests: 0, bytes: '', headers: [] as IncomingMessage['headers'][], largest: 0 }
  const faults: Fault[] = []

  function accept(batch: Stored[]): number {
    if (batch.some((one) => judge(one).length > 0)) return 400
    if (new Set(batch.map(({ id }) => id)).size < batch.length) return 400
    const conflict = batch.some((one) => {
      const there = statements.get(one.id)
      return there !== undefined && (strict || !isDeepStrictEqual(there, one))
    })
    if (conflict) return 409
    for (const one of batch) if (!statements.has(one.id)) statements.set(one.id, one)
    return 200
  }

  async function answer(req: IncomingMessage, res: ServerResponse) {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    seen.bytes += `${req.method} ${req.url}\n${JSON.stringify(req.headers)}\n${body}\n`
    if (req.url === '/xapi/about') return res.end(JSON.stringify({ version: versions }))
    if (req.url !== '/xapi/statements' || req.method !== 'POST') return res.writeHead(404).end()
    seen.requests++
    seen.headers.push(req.headers)
    const fault = faults.shift()
    if (fault === 'gone') return res.destroy()
    if (fault === 'silent') return undefined
    if (typeof fault === 'object') {
      const { status, retryAfter, location } = fault
      return res
        .writeHead(status, {
          ...(retryAfter && { 'retry-after': retryAfter }),
          ...(location && { location }),
        })
        .end()
    }
    if (!versions.includes(String(req.headers['x-experience-api-version']))) return res.writeHead(400).end()
    if (req.headers.authorization !== `Basic ${btoa('sender:a secret')}`) return res.writeHead(401).end()
    if (Buffer.byteLength(body) > mostBytes) return res.writeHead(413).end()
    const batch = JSON.parse(body) as Stored[]
    seen.largest = Math.max(seen.largest, batch.length)
    const status = accept(batch)
    if (fault === 'lost') return res.destroy()
    return res.writeHead(status).end(status === 200 ? JSON.stringify(batch.map(({ id }) => id)) : '')
  }

  const { origin, close } = await listenHere((req, res) => void answer(req, res))
  return {
    /** What the settings of a sender name. */
    settings: { endpoint: `${origin}/xapi`, user: 'sender', password: 'a secret', recipient: '市委组织部' },
    origin,
    /** By id, in the order in which they were stored. */
    statements,
    seen,
    /** Happens to the next requests for statements, in turn. */
    faults,
    close,
  }
}

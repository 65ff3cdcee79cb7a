// Another learning record store over HTTP (IEEE 9274.1.1-2023, communication): how a batch of statements is handed over,
// and what its replies mean. The same statement handed over twice is there once.
import type { Lrs } from '#env.ts'
import type { Statement } from '#xapi/shape.ts'

/** Nothing was lost: what could not be handed over waits. The message holds no statement and no reply. */
export class LrsTrouble extends Error {
  /** Milliseconds that the store asks to be left alone. */
  readonly pause: number

  constructor(message: string, pause = 0, cause?: unknown) {
    super(message, { cause })
    this.name = 'LrsTrouble'
    this.pause = pause
  }
}

export type Store = { hand: (batch: readonly Statement[]) => Promise<void> }

/** A reply takes no longer than this. */
const patience = 30_000
/** Our own version, and the one that every store understands: statements of ours are valid in both. */
const versions = ['2.0.0', '1.0.3']
/** Replies that may be due to one statement of a batch, for which a store has to refuse them all. */
const dueToOne = [400, 403, 409, 413]

/** Speaks to a store until the signal aborts. */
export function openStore({ endpoint, user, password }: Lrs, ending: AbortSignal): Store {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  let version: string | undefined

  async function ask(path: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(patience)])
    // A password follows no redirection.
    const more = { redirect: 'manual', signal } as const
    try {
      return await fetch(`${endpoint}/${path}`, { ...init, ...more })
    } catch (cause) {
      throw new LrsTrouble('The LRS does not answer.', 0, cause)
    }
  }

  /** What the store says it speaks; a store that does not say is an old one. */
  async function chooseVersion(): Promise<string> {
    const reply = await ask('about', { headers: { authorization } })
    if (reply.status >= 500 || reply.status === 429) throw await refused(reply)
    const about = (await reply.json().catch(() => null)) as { version?: unknown } | null
    const spoken = Array.isArray(about?.version) ? about.version : []
    return versions.find((one) => spoken.includes(one)) ?? '1.0.3'
  }

  async function hand(batch: readonly Statement[]): Promise<void> {
    const [first] = batch
    if (!first) return
    version ??= await chooseVersion()
    const headers = {
      authorization,
      'content-type': 'application/json',
      'x-experience-api-version': version,
    }
    const reply = await ask('statements', { method: 'POST', headers, body: JSON.stringify(batch) })
    if (reply.ok) return requireNamed(reply, batch)
    const trouble = await refused(reply, batch.length === 1 ? first.id : undefined)
    if (!dueToOne.includes(reply.status)) throw trouble
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2)
      await hand(batch.slice(0, half))
      return hand(batch.slice(half))
    }
    // Under this id it holds a statement already, from an earlier try whose reply was lost.
    if (reply.status !== 409) throw trouble
  }

  return { hand }
}

/** A store names what it has taken; whatever else answers 200 at a wrong address has taken nothing. */
async function requireNamed(reply: Response, batch: readonly Statement[]): Promise<void> {
  const named: unknown = await reply.json().catch(() => null)
  const ids = new Set(Array.isArray(named) ? named.map((id) => String(id).toLowerCase()) : [])
  if (batch.every(({ id }) => ids.has(id.toLowerCase()))) return
  throw new LrsTrouble(`What answers ${reply.status} does not name the statements: is it an LRS?`)
}

async function refused(reply: Response, id?: string): Promise<LrsTrouble> {
  await reply.body?.cancel()
  const what = id ? ` for statement ${id}` : ''
  return new LrsTrouble(`The LRS answered ${reply.status}${what}.`, pauseOf(reply))
}

/** Retry-After, in seconds or as a date; 0 where it says nothing that can be read. */
function pauseOf(reply: Response): number {
  const said = reply.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(said)) return Number(said) * 1000
  const at = Date.parse(said)
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now())
}

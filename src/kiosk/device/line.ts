// The line to the server: sends JSON and hears JSON, whole or not at all.

/** There is no line, or it broke before the whole reply was there. */
export class Unreachable extends Error {
  constructor() {
    super('现在连不上服务器。')
    this.name = 'Unreachable'
  }
}

/** The server heard and said no, in words for people. */
export class Refused extends Error {
  /** As src/refusal.ts; empty where something of ours is broken. */
  readonly kind: string
  constructor(kind: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.kind = kind
  }
}

export type Line = {
  /**
   * @param token opens what is for enrolled kiosks only; null where a signature proves who asks.
   * @param patience milliseconds after which a silent line is as good as gone.
   * @throws Unreachable, Refused
   */
  post: <Answer>(path: string, body: object, token: string | null, patience?: number) => Promise<Answer>
}

const usualPatience = 30_000

export type Fetch = (address: string, how: RequestInit) => Promise<Response>

export function openLine(send: Fetch): Line {
  return {
    post: async <Answer>(path: string, body: object, token: string | null, patience = usualPatience) => {
      const headers = { 'content-type': 'application/json', ...(token ? { 'x-kiosk': token } : {}) }
      const how = { method: 'POST', headers, body: JSON.stringify(body) }
      const { ok, said } = await hear(send, path, how, patience)
      if (ok) return said as Answer
      const { refused = '', message = '', hint = '' } = said as Record<string, string | undefined>
      throw new Refused(refused, message + hint || '服务器出了问题。')
    },
  }
}

/** A portal of the network that leads elsewhere, or a page of a proxy, is no reply. */
async function hear(send: Fetch, path: string, how: RequestInit, patience: number) {
  const control = new AbortController()
  const impatience = setTimeout(() => control.abort(), patience)
  try {
    const reply = await send(path, { ...how, redirect: 'error', signal: control.signal })
    const said: unknown = await reply.json()
    if (typeof said === 'object' && said) return { ok: reply.ok, said }
  } catch {
    // As below.
  } finally {
    clearTimeout(impatience)
  }
  throw new Unreachable()
}

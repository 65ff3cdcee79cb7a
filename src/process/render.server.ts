// Lets Astro write a page into memory instead of to the browser. A page that breaks half-way becomes an error and
// not half a page; what is whole can be stored, compressed, and told which scripts to fetch early.
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** The handler that `astro build` makes (adapter in middleware mode). */
export type AstroHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
  locals: object,
) => Promise<void> | void

/** A reply in memory. */
export type Page = { status: number; headers: Record<string, string | string[]>; body: Buffer }

/** A request of our own making: what is rendered for everybody must not end when one reader goes away. */
export function requestFor(url: string, headers: Record<string, string>): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  return Object.assign(req, { method: 'GET', url, headers })
}

/**
 * Renders into memory. Resolves with null if Astro has no such address.
 * @param live what is not a page (a download, say) is streamed there instead of kept, and resolves with 'sent'.
 * @throws Error if the page broke while it was written.
 */
export function render(
  handler: AstroHandler,
  req: IncomingMessage,
  locals: object,
  live?: ServerResponse,
): Promise<Page | 'sent' | null> {
  return new Promise((resolve, reject) => {
    const res = new Paper(req, live, resolve, reject)
    live?.once('close', () => res.emit('close'))
    const next = (error?: unknown) => (error ? reject(error) : resolve(null))
    Promise.resolve(handler(req, res, next, locals)).catch(reject)
  })
}

/** What Astro takes for the reply to a browser. */
class Paper extends ServerResponse {
  #live: ServerResponse | undefined
  #streams = false
  #chunks: Buffer[] = []
  #done: (outcome: Page | 'sent') => void
  #failed: (error: Error) => void

  constructor(
    req: IncomingMessage,
    live: ServerResponse | undefined,
    done: (outcome: Page | 'sent') => void,
    failed: (error: Error) => void,
  ) {
    super(req)
    this.#live = live
    this.#done = done
    this.#failed = failed
  }

  override writeHead(status: number, headers?: unknown) {
    this.statusCode = status
    for (const [name, value] of Object.entries(headers ?? {}))
      this.setHeader(name, value as string | string[])
    this.#streams = this.#live !== undefined && !isPage(this)
    if (this.#streams) this.#live?.writeHead(status, headersOf(this))
    return this
  }

  override write(chunk: Uint8Array | string, ...rest: unknown[]) {
    if (this.#streams) this.#live?.write(chunk)
    else this.#chunks.push(Buffer.from(chunk as string))
    const written = rest.at(-1)
    if (typeof written === 'function') written()
    return true
  }

  override end(chunk?: unknown) {
    const last = chunk as Uint8Array | string | undefined
    if (this.#streams) this.#live?.end(last)
    else if (last) this.#chunks.push(Buffer.from(last as string))
    this.emit('finish')
    const page = { status: this.statusCode, headers: headersOf(this), body: Buffer.concat(this.#chunks) }
    this.#done(this.#streams ? 'sent' : page)
    return this
  }

  /** Astro does this when a page breaks after its first part was written. */
  override destroy(error?: Error) {
    if (this.#streams) this.#live?.destroy()
    this.#failed(error ?? new Error('The page broke while it was written.'))
    return this
  }
}

const isPage = (res: ServerResponse) => String(res.getHeader('content-type') ?? '').startsWith('text/html')

const headersOf = (res: ServerResponse) =>
  Object.fromEntries(
    Object.entries(res.getHeaders()).map(([name, value]) => [
      name,
      Array.isArray(value) ? value : String(value),
    ]),
  )

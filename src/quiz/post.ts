// Sends something from a page to one of the hot addresses and says what came of it; never throws.

/** What came of it. `busy`: the site cannot now, and perhaps says for how long; `broken`: a fault of ours. */
export type Reply<T> =
  | { type: 'ok'; value: T }
  | { type: 'offline' }
  | { type: 'busy'; seconds: number | null }
  | { type: 'broken' }
  | { type: 'signed-out' }
  | { type: 'gone'; message: string }
  | { type: 'wrong'; message: string }

/** Why something could not be sent now; it may be sent later as it is. */
export type Trouble = Exclude<Reply<never>, { type: 'ok' | 'gone' | 'wrong' }>

/** A line that has said nothing for so long is as good as gone. */
const patienceMilliseconds = 60_000

/** Bytes that a browser sends even when the page is gone (Fetch standard: 64 KiB in all). */
const mostKeptAlive = 60_000

/** Sends JSON to one of the hot addresses. */
export type Post = <T>(step: string, body: object) => Promise<Reply<T>>

/** POSTs JSON to `<folder>/<step>`. */
export const postTo =
  (folder: string): Post =>
  (step, body) =>
    send(`${folder}/${step}`, body)

/** POSTs JSON to `/study/<step>`. */
export const post = postTo('/study')

async function send<T>(address: string, body: object): Promise<Reply<T>> {
  const control = new AbortController()
  const text = new Blob([JSON.stringify(body)], { type: 'application/json' })
  const patience = setTimeout(() => control.abort(), patienceMilliseconds)
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: text,
      // What goes out while the page is left still arrives, if it is short enough for a browser to promise that; a portal
      // of the network that leads elsewhere is no reply.
      keepalive: text.size < mostKeptAlive,
      redirect: 'error',
      signal: control.signal,
    })
    const reply: unknown = await response.json()
    if (response.ok) return { type: 'ok', value: reply as T }
    return refused(response.status, response.headers, reply as { message?: string; hint?: string })
  } catch {
    return { type: 'offline' }
  } finally {
    clearTimeout(patience)
  }
}

function refused(
  status: number,
  headers: Headers,
  { message = '', hint = '' }: { message?: string; hint?: string },
): Reply<never> {
  if (status === 401) return { type: 'signed-out' }
  if (status === 408 || status === 429 || status === 503)
    return { type: 'busy', seconds: Number(headers.get('retry-after')) || null }
  if (status >= 500) return { type: 'broken' }
  return { type: status === 410 ? 'gone' : 'wrong', message: message + hint }
}

// The line in a browser: fetch with the token of the kiosk, and an end to waiting.
import type { SignedManifest } from '#kiosk/pack/manifest.ts'
import { Refused, Unreachable, type Line } from '#kiosk/pack/worker/shelf.ts'

/** A part of a recording takes a second on a village line, six of them at once six; it may take many times as long. */
const milliseconds = 180_000

/** Fetches an address. @throws Unreachable, Refused */
export async function fetchWith(token: string, address: string, range?: string): Promise<Response> {
  const control = new AbortController()
  // Never cleared: the body is waited for no longer either, and what has ended cannot be aborted.
  setTimeout(() => control.abort(), milliseconds)
  const headers = { 'x-kiosk': token, ...(range && { Range: range }) }
  const how = { headers, signal: control.signal, cache: 'no-store' } as const
  const reply = await fetch(address, how).catch(() => null)
  if (!reply || reply.status >= 500) throw new Unreachable()
  if (!reply.ok) throw new Refused(reply.status === 404)
  return reply
}

/** The body; a line that breaks off inside it is a line that broke off. @throws Unreachable */
export async function bytesOf(reply: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await reply.arrayBuffer().catch(() => {
      throw new Unreachable()
    }),
  )
}

export const fetchLine = (token: string): Line => ({
  manifest: async (playlist) => {
    const reply = await fetchWith(token, `/kiosk/pack/${playlist}/manifest`)
    // A hotel or a provider may answer in our place with a page of its own.
    return (await reply.json().catch(() => {
      throw new Unreachable()
    })) as SignedManifest
  },
  entry: async ({ path, hash }, part) => {
    const [extension = ''] = path.startsWith('/media/') ? (/\.[a-z0-9]+$/.exec(path) ?? []) : []
    const range = part ? `bytes=${part.from}-${part.from + part.bytes - 1}` : undefined
    return bytesOf(await fetchWith(token, `/kiosk/pack/entry/${hash}${extension}`, range))
  },
})

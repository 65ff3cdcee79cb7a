// Voices of family stories that are on the sheet of the hall: kept by their addresses, and gone when they are no longer on it.
import { StorageFull } from '#kiosk/pack/worker/shelf.ts'
import { bytesOf, fetchWith } from '#kiosk/pack/worker/fetch-line.ts'

const store = 'kiosk-voices'

/** Fetches those that are not there and drops the others. @returns how many are still missing. */
export async function keepVoices(addresses: readonly string[], token: string): Promise<number> {
  const kept = await caches.open(store)
  for (const request of await kept.keys())
    if (!addresses.includes(new URL(request.url).pathname)) await kept.delete(request)
  let missing = 0
  for (const address of addresses)
    if (!(await kept.match(address)) && !(await keepVoice(kept, address, token))) missing += 1
  return missing
}

async function keepVoice(kept: Cache, address: string, token: string): Promise<boolean> {
  try {
    const reply = await fetchWith(token, address)
    const headers = { 'Content-Type': reply.headers.get('Content-Type') ?? 'audio/webm' }
    await kept.put(address, new Response(await bytesOf(reply), { headers }))
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new StorageFull()
    return false
  }
}

/** The voice at an address, if it is kept. */
export async function voiceAt(
  address: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
  const reply = await (await caches.open(store)).match(address)
  if (!reply) return null
  return { bytes: new Uint8Array(await reply.arrayBuffer()), type: reply.headers.get('Content-Type') ?? '' }
}

export const forgetVoices = async (): Promise<void> => void (await caches.delete(store))

// Opens a stored entry.
import { EntryBody } from '#kiosk/entry-body.ts'
import { unseal } from '#kiosk/sealing.ts'

/** What an entry says, or why it cannot be read (Chinese). */
export async function openEntry(
  key: CryptoKey,
  { id, sealed }: { id: string; sealed: string | null },
): Promise<EntryBody | string> {
  const text = await unseal(key, id, sealed ?? '')
  if (text === null) return '封好的内容打不开。'
  return bodyIn(text) ?? '内容不是这个版本认得的。'
}

/** Null for what is none; also where it is nested so deeply that reading it fails, which must not stop all others. */
function bodyIn(text: string): EntryBody | null {
  try {
    return EntryBody.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

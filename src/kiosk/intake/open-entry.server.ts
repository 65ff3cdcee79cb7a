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
  const body = EntryBody.safeParse(parse(text))
  return body.success ? body.data : '内容不是这个版本认得的。'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

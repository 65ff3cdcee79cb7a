// Takes in an uploaded roster: its text goes back to the page, and from there to the import.
import { decodeRoster } from '#people/roster/read-roster.ts'
import { WrongField } from '#people/roster/wrong-field.ts'

/**
 * The text of a roster, from a file or from an earlier preview.
 * @throws WrongField if the file cannot be read as text.
 */
export async function takeRoster(file: File | null | undefined, text: string | null | undefined) {
  if (text) return { text }
  const decoded = decodeRoster(new Uint8Array((await file?.arrayBuffer()) ?? []))
  if ('problem' in decoded) throw new WrongField('file', 'invalid', decoded.problem)
  return decoded
}

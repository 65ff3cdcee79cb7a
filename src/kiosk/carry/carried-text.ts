// What is carried as text: a hello, then the entries, each on a line as JSON. So it stands in a file, and packed in codes.
import { deflateSync, inflateSync } from 'fflate'
import { pieceOf } from '#kiosk/device/deliver.ts'
import type { CarriedSet } from '#kiosk/device/carried-set.ts'
import { split } from '#kiosk/carry/frames.ts'

/** As it arrives: whether it is what it says, only the server can tell. */
export type Carried = { hello: unknown; entries: unknown[] }

/** Letters of entries that one row of codes holds: some twenty-five codes, a minute of holding a phone. */
const lettersInRow = 15_000

/** Everything that waits. */
export const fileOf = ({ hello, waiting }: CarriedSet) =>
  textOf({ hello, entries: waiting.map(({ entry }) => entry) })

/**
 * What waits as rows of codes, each complete in itself; without what goes only by file.
 * @returns the frames of each row; no row where there is nothing.
 */
export function rowsOf({ hello, waiting }: CarriedSet): string[][] {
  const rows: string[][] = []
  let rest = waiting.filter(({ byFile }) => !byFile)
  while (rest.length > 0) {
    const piece = pieceOf(rest, lettersInRow)
    const text = textOf({ hello, entries: piece.map(({ entry }) => entry) })
    rows.push(split(deflateSync(new TextEncoder().encode(text), { level: 9 })))
    rest = rest.slice(piece.length)
  }
  return rows
}

/** What a file holds, or a set of codes once unpacked; null if it is none of ours or was cut off. */
export function readText(text: string): Carried | null {
  try {
    const [hello, ...entries] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    return hello ? { hello, entries } : null
  } catch {
    return null
  }
}

/** The same from the bytes of a set of codes. */
export function readBytes(bytes: Uint8Array): Carried | null {
  try {
    return readText(new TextDecoder().decode(inflateSync(bytes)))
  } catch {
    return null
  }
}

const textOf = ({ hello, entries }: Carried) =>
  [hello, ...entries].map((one) => JSON.stringify(one)).join('\n') + '\n'

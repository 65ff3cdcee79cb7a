// Sends what was carried from the phone to the server, in pieces that a phone line takes within seconds. It may break off
// anywhere and be done again: what arrived is known by its id.
import type { Carried } from '#kiosk/carry/carried-text.ts'
import { together, type CarriedReply } from '#kiosk/carry/said.ts'
import { mostEntries } from '#kiosk/entry.ts'
import type { Post, Reply } from '#quiz/post.ts'

/** Letters of a piece; one entry alone may have more. */
const mostLetters = 60_000

/** @param sent is told how many entries are through, after each piece. */
export async function sendCarried(
  post: Post,
  { hello, entries }: Carried,
  sent: (count: number) => void,
): Promise<Reply<CarriedReply>> {
  let all: CarriedReply | null = null
  let count = 0
  for (const piece of piecesOf(entries)) {
    const reply: Reply<CarriedReply> = await post('carry', { hello, entries: piece })
    if (reply.type !== 'ok') return reply
    all = together(all, reply.value)
    sent((count += piece.length))
  }
  return { type: 'ok', value: all as CarriedReply }
}

/** At least one, so that the hello arrives. */
function piecesOf(entries: readonly unknown[]): unknown[][] {
  const pieces: unknown[][] = [[]]
  let letters = 0
  for (const entry of entries) {
    const own = JSON.stringify(entry).length
    const last = pieces.at(-1) as unknown[]
    if (last.length > 0 && (letters + own > mostLetters || last.length === mostEntries)) {
      pieces.push([entry])
      letters = own
      continue
    }
    last.push(entry)
    letters += own
  }
  return pieces
}

// Sends what waits, in pieces; removes only what the server said it has, or will never take.
import type { Held } from '#kiosk/device/held.ts'
import type { Line } from '#kiosk/device/line.ts'
import type { Store, Waiting } from '#kiosk/device/store.ts'
import { mostEntries, mostLetters } from '#kiosk/entry.ts'
import type { Taken } from '#kiosk/intake/taken.ts'

/** What a line that broke is asked to carry at least. */
const fewestLetters = 20_000
/** The server reads a piece for a minute at most. */
const patience = 90_000

const lettersOf = ({ entry }: Waiting) => JSON.stringify(entry).length + 1

/** As many of the first as one request may carry, at least one. */
export function pieceOf(waiting: readonly Waiting[], letters: number): Waiting[] {
  let sum = 0
  const fits = (one: Waiting, i: number) => (sum += lettersOf(one)) <= letters || i === 0
  const end = waiting.findIndex((one, i) => !fits(one, i))
  return waiting.slice(0, end < 0 ? mostEntries : Math.min(end, mostEntries))
}

/** Sends over one line; where it breaks, the next pieces are smaller. */
export function openDelivery(store: Store, held: Held, line: Line) {
  let letters = mostLetters

  const send = async (piece: Waiting[]) => {
    const entries = piece.map(({ entry }) => entry)
    try {
      const taken = await line.post<Taken>('/kiosk/entries', { entries }, null, patience)
      letters = Math.min(mostLetters, letters * 2)
      return taken
    } catch (error) {
      letters = Math.max(fewestLetters, letters / 2)
      throw error
    }
  }

  /**
   * Sends everything that waits, each entry once.
   * @returns false if the server left some of it unanswered.
   * @throws Unreachable, Refused
   */
  return async (): Promise<boolean> => {
    let after = 0
    let whole = true
    for (;;) {
      const piece = pieceOf(await store.waiting(mostEntries, after), letters)
      const last = piece.at(-1)
      if (!last) return whole
      const { stored, refused } = await send(piece)
      const settled = new Set([...stored, ...refused.map(({ id }) => id)])
      const drop = piece.filter(({ entry }) => settled.has(entry.id)).map(({ seq }) => seq)
      if (drop.length > 0)
        await held.change((self) => ({
          self: { ...self, refused: self.refused + refused.length },
          also: { drop },
        }))
      whole &&= drop.length === piece.length
      after = last.seq
    }
  }
}

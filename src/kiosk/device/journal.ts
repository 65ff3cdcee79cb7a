// The journal: what happened at the screen, sealed to the server at once, numbered, signed and stored in one step.
import { shownAt, timesOf } from '#kiosk/device/clock.ts'
import type { Held } from '#kiosk/device/held.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { signedText, type Entry } from '#kiosk/entry.ts'
import { seal } from '#kiosk/sealing.ts'
import { sign } from '#kiosk/signing.ts'

/**
 * Keeps what happened.
 * @returns its id, once it is on the disk.
 * @throws StorageFull; an Error at a screen that was not let in yet.
 */
export async function keepEntry({ pair, change }: Held, id: string, body: EntryBody): Promise<string> {
  const byFile = body.kind === 'voice-part'
  await change(async (self) => {
    const { kiosk, server, clock } = self
    if (kiosk === null || !server || clock.contact === null)
      throw new Error('This screen was not let in yet.')
    const seq = self.seq + 1
    const sealed = await seal(server.sealing, id, JSON.stringify(body))
    const at = shownAt(clock.last.wall)
    const unsigned = { id, kiosk, seq, contact: clock.contact, ...timesOf(clock), at, sealed }
    const entry: Entry = { ...unsigned, signature: await sign(pair.privateKey, signedText(unsigned)) }
    return { self: { ...self, seq }, also: { add: { seq, byFile, entry } } }
  })
  return id
}

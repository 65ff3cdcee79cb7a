// One entry of a kiosk's journal, as it waits in the browser, goes over a line, a stick or a row of QR codes, and arrives:
// sealed for the server, signed by the kiosk, numbered, and with the time by clocks that cannot be turned back.
import { z } from 'astro/zod'

const count = z.int().nonnegative()

export const Entry = z.strictObject({
  /** UUIDv7, made by the kiosk; the same entry twice counts once. */
  id: z.uuid(),
  kiosk: z.string().min(1).max(40),
  /** Counts the entries of this kiosk from 1. */
  seq: z.int().positive(),
  /** The last contact whose reply the kiosk had heard, see hello.ts; the time of the entry is counted from it. */
  contact: z.string().min(1).max(40),
  /** Milliseconds that the kiosk has been running since that contact, by its monotonic clock, over all restarts. */
  up: count,
  /** Milliseconds that it seems to have been switched off since that contact; by its wall clock, never going back. */
  off: count,
  /** Wall clock of the kiosk; only ever shown, nothing is derived from it. */
  at: z.iso.datetime({ precision: 3 }),
  /** A body (entry-body.ts) as JSON, sealed to the server beside this id (sealing.ts). */
  sealed: z.string().max(90_000),
  signature: z.string().max(100),
})
export type Entry = z.infer<typeof Entry>

/** What of an entry is signed. */
export function signedText({
  id,
  kiosk,
  seq,
  contact,
  up,
  off,
  at,
  sealed,
}: Omit<Entry, 'signature'>): string {
  return ['lianxue entry 1', id, kiosk, seq, contact, up, off, at, sealed].join('\n')
}

/** Entries that one request may carry, and their letters together. */
export const mostEntries = 200
export const mostLetters = 400_000

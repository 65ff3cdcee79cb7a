// How a kiosk and the server meet: the kiosk says how it is, signed; the server says what is new. Every hello that is
// answered and heard is a *contact*, from which later entries count their time.
import { z } from 'astro/zod'
import { HallSheet } from '#kiosk/hall-sheet.ts'

const count = z.int().nonnegative()
const key = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().max(60),
  y: z.string().max(60),
})
export const PublicKey = key

export const Hello = z.strictObject({
  kiosk: z.string().min(1).max(40),
  /** Counts the hellos of this kiosk; a repeated or overtaken one is told so and changes nothing. */
  turn: z.int().positive(),
  /** The last contact whose reply was heard; null before the first. */
  heard: z.string().max(40).nullable(),
  /** The highest number of an entry made so far. */
  seq: count,
  /** Milliseconds running, and seemingly switched off, since the contact that was heard (entry.ts). */
  up: count,
  off: count,
  at: z.iso.datetime({ precision: 3 }),
  /** Version of the installed pack, and of the sheet of the hall; null while there is none. */
  pack: z.string().max(80).nullable(),
  sheet: z.string().max(80).nullable(),
  /** Entries that wait to be sent. */
  queue: count,
  /** Bytes that the browser has used of what it may use, where it says so. */
  storage: z.strictObject({ used: count, quota: count }).nullable(),
  /** Version of the program on the screen. */
  app: z.string().max(80),
  signature: z.string().max(100),
})
export type Hello = z.infer<typeof Hello>

/** What of a hello is signed. */
export function helloText(hello: Omit<Hello, 'signature'>): string {
  const { kiosk, turn, heard, seq, up, off, at, pack, sheet, queue, storage, app } = hello
  return JSON.stringify([
    'lianxue hello 1',
    kiosk,
    turn,
    heard,
    seq,
    up,
    off,
    at,
    pack,
    sheet,
    queue,
    storage,
    app,
  ])
}

/**
 * What of a hello is signed that is carried by hand: it ends the time of the entries beside it and does nothing else, so that
 * whoever reads it on its way, from a code or a lost stick, cannot say it over a line and be answered as the screen.
 */
export const carriedHelloText = (hello: Omit<Hello, 'signature'>): string =>
  `lianxue carried 1\n${helloText(hello)}`

/** What the server answers. */
export const HelloReply = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('welcome'),
    contact: z.string(),
    /**
     * The highest number of an entry of this kiosk that is known here: a machine that was set back to an earlier day goes on
     * after it.
     */
    seq: z.int(),
    /** The server's clock. */
    at: z.string(),
    /** Opens the other addresses of kiosks for an hour; sent in the header `x-kiosk`. */
    token: z.string(),
    /** Version of the pack that the kiosk should have, null while none could be made. */
    pack: z.string().nullable(),
    /** The sheet of the hall, if the kiosk has another version. */
    sheet: HallSheet.nullable(),
    /** Documents that were withdrawn: not shown any more, even before the pack is renewed. */
    withdrawn: z.array(z.string()),
  }),
  /** A hello that was overtaken: go on with a higher turn. */
  z.strictObject({ is: z.literal('overtaken'), turn: z.int() }),
  /** Nothing of it may stay on this machine. */
  z.strictObject({ is: z.literal('revoked') }),
])
export type HelloReply = z.infer<typeof HelloReply>

// What a kiosk journals of a hall that studies together. Check-ins are claims; the host confirms them at the end.
import { z } from 'astro/zod'

const session = z.uuid()
const id = z.string().min(1).max(80)

/** A host who is signed in at the screen opened a session. */
export const HallOpened = z.strictObject({
  kind: z.literal('hall-opened'),
  session,
  /** The visit of the host. */
  visit: z.uuid(),
  title: z.string().min(1).max(100),
  /** 三会一课, 主题党日 and so on. */
  type: z.string().min(1).max(40),
  agenda: z.array(z.string().min(1).max(200)).max(12),
  lesson: id.nullable(),
  /** Makes the rotating codes (hall/code.ts). */
  secret: z.string().min(16).max(64),
})

/** Somebody tapped a name and gave the PIN. */
export const HallIn = z.strictObject({
  kind: z.literal('hall-in'),
  session,
  key: z.string().max(40),
  pin: z.string().regex(/^\d{6}$/),
})

/** Somebody left before the end. */
export const HallOut = z.strictObject({ kind: z.literal('hall-out'), session, key: z.string().max(40) })

/** Hands were counted for a question. */
export const HallCounted = z.strictObject({
  kind: z.literal('hall-counted'),
  session,
  item: id,
  counts: z.array(z.int().nonnegative().max(2_000)).max(12),
})

/** The host ended the session at the screen, confirmed who stayed, and counted heads. */
export const HallClosed = z.strictObject({
  kind: z.literal('hall-closed'),
  session,
  visit: z.uuid(),
  /** Keys of those who were there; names that are not here get no hours. */
  confirmed: z.array(z.string().max(40)).max(500),
  headCount: z.int().nonnegative().max(2_000),
  minutes: z.string().max(10_000),
})

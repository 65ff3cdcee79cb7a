// The session that runs at a screen, as it survives a restart of the browser. What happened is in the journal, sealed; here
// is only what the screen must know to go on: the session, its secret for the codes, its clock, and the keys of who is in,
// which mean nobody anywhere else and become names again only beside the sheet of the hall. It is gone with the end.
import { z } from 'astro/zod'
import { restarted, ticked, type Reading } from '#kiosk/device/clock.ts'
import type { Shelf } from '#kiosk/device/store.ts'
import { longestHours } from '#kiosk/hall/stay.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'

const Running = z.strictObject({
  kiosk: z.string(),
  session: z.uuid(),
  secret: z.string(),
  title: z.string(),
  type: z.string(),
  agenda: z.array(z.string()),
  lesson: z.string().nullable(),
  /** How long it has been running, by clocks that nobody can turn back. */
  clock: z.strictObject({
    contact: z.null(),
    up: z.number(),
    off: z.number(),
    last: z.strictObject({ mono: z.number(), wall: z.number() }),
  }),
  /** Keys of who gave name and PIN here, and of who left early. */
  in: z.array(z.string()),
  out: z.array(z.string()),
  /** Item of the question on the screen. */
  asking: z.string().nullable(),
  /** Hands that were counted, by item. */
  hands: z.record(z.string(), z.array(z.number())),
  ending: z.boolean(),
})
export type Running = z.infer<typeof Running>

const place = 'kiosk-hall'
const donePlace = 'kiosk-hall-done'
const mostDone = 50

/** Milliseconds since it began. */
export const elapsed = ({ clock }: Running) => clock.up + clock.off

/** The clock of a running session at a reading of the same run. */
export const moved = (running: Running, at: Reading): Running => ({
  ...running,
  clock: { ...ticked(running.clock, at), contact: null },
})

/** A session from the sheet, or one that begins now. @param since milliseconds that it has been running. */
export function beginsAs(
  { id, title, kind, agenda, lesson, secret }: Omit<HallSheet['sessions'][number], 'at' | 'state'>,
  kiosk: string,
  since: number,
  last: Reading,
): Running {
  return {
    ...{ kiosk, session: id, secret, title, type: kind, agenda, lesson },
    clock: { contact: null, up: Math.max(0, since), off: 0, last },
    ...{ in: [], out: [], asking: null, hands: {}, ending: false },
  }
}

/** What was kept by this screen, or null. A machine that became another screen starts afresh. */
export function kept(store: Shelf, kiosk: string, at: Reading): Running | null {
  const text = store.getItem(place)
  const found = text === null ? null : Running.safeParse(JSON.parse(text)).data
  if (found?.kiosk !== kiosk) return null
  return { ...found, clock: { ...restarted(found.clock, at), contact: null } }
}

const longest = longestHours * 3_600_000

/** True for one that nobody ended: by the running clock alone, because a wall clock that is mended in the middle jumps. */
export const isForgotten = ({ clock }: Running) => clock.up >= longest

/** Keeps it, or forgets it. */
export function keep(store: Shelf, running: Running | null) {
  if (running) store.setItem(place, JSON.stringify(running))
  else store.removeItem(place)
}

/** Ids of sessions that ended here; without a line the sheet goes on to list them as planned. */
export function doneHere(store: Shelf): string[] {
  return z.array(z.string()).safeParse(JSON.parse(store.getItem(donePlace) ?? '[]')).data ?? []
}

/** Notes that a session ended here. */
export function noteDone(store: Shelf, session: string) {
  store.setItem(donePlace, JSON.stringify([...doneHere(store), session].slice(-mostDone)))
}

/** Both clocks of this machine. */
export const reading = (): Reading => ({
  mono: performance.now(),
  wall: performance.timeOrigin + performance.now(),
})

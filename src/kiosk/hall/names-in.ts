// Who is in, as the screen can know it: by name and PIN here, and with a line also by phone.
import type { HallState } from '#kiosk/hall/hall-state.ts'
import type { Running } from '#kiosk/hall/running.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'

/** `pending`: the PIN was not checked yet. */
export type NameIn = { key: string; name: string; left: boolean; pending: boolean }

/** In the order in which they came; those whose PIN waits come last. */
export function namesIn(
  running: Pick<Running, 'in' | 'out'>,
  live: Pick<HallState, 'people'> | null,
  roster: HallSheet['roster'],
): NameIn[] {
  const known = live?.people ?? []
  const waiting = running.in.filter((key) => !known.some((one) => one.key === key))
  const pending = waiting.flatMap((key) => {
    const row = roster.find((one) => one.key === key)
    return row ? [{ key, name: row.name, left: false, pending: true }] : []
  })
  return [...known.map((one) => ({ ...one, pending: false })), ...pending].map((one) => ({
    ...one,
    left: one.left || running.out.includes(one.key),
  }))
}

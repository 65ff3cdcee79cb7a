// Leaving a screen: the server ends the visit at once where there is a line, and with the journal where there is none.
import type { Device } from '#kiosk/screen/screen.ts'

/** Ends a visit. Nothing is awaited by the screen, which has forgotten the person already. */
export async function leave(device: Pick<Device, 'keep' | 'ask'>, visit: string): Promise<void> {
  const gone = device.ask('/kiosk/visit/end', {})
  const kept = device.keep({ kind: 'visit-ended', visit })
  // Without a line the entry says it; on a full machine the line does.
  await Promise.allSettled([gone, kept])
}

// What a screen does that nobody touches: it asks, ends what was open, and goes back to showing by itself.
import type { View } from '#kiosk/screen/screen.ts'

const second = 1000

/** Milliseconds without a sign of life. A cadre who is signed in reads for minutes without touching. */
export const patience = {
  ask: 90 * second,
  home: 150 * second,
  loop: 210 * second,
  askSignedIn: 240 * second,
  endSignedIn: 300 * second,
} as const

export type IdleStep = 'stay' | 'ask' | 'home' | 'loop'

/** What is due after so many milliseconds without a sign of life; `home` ends the visit, too. */
export function idleStep(view: View['name'], signedIn: boolean, idle: number): IdleStep {
  if (view === 'loop') return 'stay'
  if (signedIn) return idle >= patience.endSignedIn ? 'home' : idle >= patience.askSignedIn ? 'ask' : 'stay'
  if (idle >= patience.loop) return 'loop'
  if (view === 'home') return 'stay'
  return idle >= patience.home ? 'home' : idle >= patience.ask ? 'ask' : 'stay'
}

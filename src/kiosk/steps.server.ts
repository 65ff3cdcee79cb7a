// All that kiosks may ask, by name: POST /kiosk/<name>.
import type { KioskStep, OpenStep } from '#kiosk/step.ts'

/** Without a token: a new screen, and what is signed by the kiosk itself. */
export const openSteps: Record<string, OpenStep> = {}

/** With the token that a hello gave. */
export const kioskSteps: Record<string, KioskStep> = {}

// All that kiosks may ask, by name: POST /kiosk/<name>.
import { enrol, enrolled } from '#kiosk/fleet/enrol.server.ts'
import { hello } from '#kiosk/fleet/hello.server.ts'
import { entries } from '#kiosk/intake/take.server.ts'
import { hallSteps } from '#kiosk/hall/sessions.server.ts'
import type { KioskStep, OpenStep } from '#kiosk/step.ts'
import { visitSteps } from '#kiosk/visit/steps.server.ts'

/** Without a token: a new screen, and what is signed by the kiosk itself. */
export const openSteps: Record<string, OpenStep> = { enrol, enrolled, hello, entries }

/** With the token that a hello gave. */
export const kioskSteps: Record<string, KioskStep> = { ...visitSteps, ...hallSteps }

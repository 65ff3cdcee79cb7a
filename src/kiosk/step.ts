// One thing that a kiosk asks: POST /kiosk/<name>.
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The kiosk that asks, as its token proves. */
export type Asking = { id: string; unitId: string; name: string }

export type Ask = {
  body: unknown
  req: IncomingMessage
  res: ServerResponse
  /** Of the client. */ address: string
}

/** Open to a screen that is not enrolled, or that proves itself by a signature in the body. @throws Refusal */
export type OpenStep = (ask: Ask) => Promise<object>
/** For enrolled kiosks only. @throws Refusal */
export type KioskStep = (kiosk: Asking, ask: Ask) => Promise<object>

// A hall with a screen and the library, over real HTTP: a screen that keeps its cookie, and phones that agree.
import { afterAll, beforeAll } from 'vitest'
import { demoSettings } from '#env.ts'
import { kioskOf, tokenFor } from '#kiosk/fleet/token.server.ts'
import { kioskSteps, openSteps } from '#kiosk/steps.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { kioskRoutes } from '#process/kiosk-routes.server.ts'
import { log } from '#process/log.server.ts'
import { listenHere, type Listening } from '../../support/http.ts'
import { screenId } from '../hall/world.ts'

export const here = { origin: '' }

/** Answers what screens ask, for the tests of a file. */
export function answerScreens() {
  let listening: Listening
  beforeAll(async () => {
    log.level = 'silent'
    let door = openFrontDoor(demoSettings({}), [])
    listening = await listenHere((req, res) => void door(req, res))
    here.origin = listening.origin
    const answers = [kioskRoutes(openSteps, kioskSteps, kioskOf)]
    door = openFrontDoor({ ...demoSettings({}), origin: here.origin }, answers)
  })
  afterAll(() => listening.close())
}

export type Reply = { status: number; body: Record<string, unknown>; cookies: string[] }

/** The browser of a screen. */
export class Hall {
  /** As it would be sent; null without one. */
  cookie: string | null = null
  readonly #kiosk: string

  constructor(kiosk = screenId) {
    this.#kiosk = kiosk
  }

  async ask(step: string, body: object, cookie = this.cookie): Promise<Reply> {
    const response = await fetch(`${here.origin}/kiosk/${step}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        origin: here.origin,
        'content-type': 'application/json',
        'x-kiosk': tokenFor(this.#kiosk),
        ...(cookie ? { cookie } : {}),
      },
    })
    const cookies = response.headers.getSetCookie()
    for (const one of cookies) this.cookie = one.includes('Max-Age=0') ? null : (one.split(';')[0] ?? null)
    return { status: response.status, body: (await response.json()) as Reply['body'], cookies }
  }
}

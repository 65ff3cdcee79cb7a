// A screen whose device runs here, on a disk in memory, with clocks that the test turns; and the real front door for it.
import { join } from 'node:path'
import { v7 } from 'uuid'
import { settings, useSettings } from '#env.ts'
import type { Around } from '#kiosk/device/around.ts'
import { openDevice, type OpenedDevice } from '#kiosk/device/device.ts'
import { approve } from '#kiosk/fleet/approve.server.ts'
import { kioskOf } from '#kiosk/fleet/token.server.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { kioskSteps, openSteps } from '#kiosk/steps.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { kioskRoutes } from '#process/kiosk-routes.server.ts'
import { chaosProxy, type ChaosProxy } from './chaos-proxy.ts'
import { listenHere } from './http.ts'
import { anAdministrator } from './kiosk.ts'
import { memoryStore, type MemoryStore } from './memory-store.ts'

export type Front = { origin: string; proxy: ChaosProxy; close: () => Promise<void> }

/** The front door as screens see it, behind a line that may fail. */
export async function openFront(): Promise<Front> {
  let door = openFrontDoor(settings, [])
  const here = await listenHere((req, res) => void door(req, res))
  const proxy = await chaosProxy(() => here.port)
  const origin = `http://127.0.0.1:${proxy.port}`
  door = openFrontDoor(useSettings({ ...settings, origin }), [kioskRoutes(openSteps, kioskSteps, kioskOf)])
  return { origin, proxy, close: async () => void (await Promise.all([here.close(), proxy.close()])) }
}

/** A machine in a hall: its disk and clocks stay when its browser is closed. */
export class Machine {
  readonly store: MemoryStore = memoryStore()
  /** What its wall clock says, ms since 1970. */
  wall: number
  wiped = 0
  /** The site as it knows it. */
  origin: string
  #mono = 0
  #device: OpenedDevice | null = null

  constructor(origin: string, wall = Date.UTC(2026, 10, 20)) {
    this.origin = origin
    this.wall = wall
  }

  get device(): OpenedDevice {
    if (!this.#device) throw new Error('It is switched off.')
    return this.#device
  }

  /** It runs for so long. */
  run(milliseconds: number) {
    this.#mono += milliseconds
    this.wall += milliseconds
  }

  /** Switches it on, after it was off for so long; it meets the server once if it can. */
  async start(off = 0): Promise<OpenedDevice> {
    this.wall += off
    this.#mono = 0
    this.#device = await openDevice(this.#around())
    await this.#device.meet()
    return this.#device
  }

  /** Switches it off, as a power cut would. */
  stop() {
    this.#device?.stop()
    this.#device = null
  }

  /** Switches it on and lets an administrator approve it. */
  async enrol(unit: string, name = '大屏'): Promise<OpenedDevice> {
    const device = await this.start()
    const { code } = device.standing()
    if (!code) throw new Error('It shows no code.')
    usePlaylists(join(import.meta.dirname, '..', '..', 'content'))
    await approve(anAdministrator, { code, name, unit, playlist: 'county' })
    await device.meet()
    return device
  }

  #around(): Around {
    return {
      store: this.store,
      // A connection of its own for each request, as after a line that was dead.
      send: (address, how) => {
        const headers = {
          ...(how.headers as Record<string, string>),
          origin: this.origin,
          connection: 'close',
        }
        return fetch(this.origin + address, { ...how, headers })
      },
      read: () => ({ mono: this.#mono, wall: this.wall }),
      id: v7,
      chance: () => 0.5,
      // Time goes by only where the test says so.
      after: () => () => undefined,
      onLine: () => undefined,
      storage: async () => ({ used: 1_000, quota: 1_000_000 }),
      wipe: async () => void (this.wiped += 1),
      app: 'test',
    }
  }
}

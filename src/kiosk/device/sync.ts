// Keeps the screen and the server in step: says hello about every minute and sends what waits; after a failure it tries
// again, less and less often, until the line is back.
import type { Around } from '#kiosk/device/around.ts'
import { openDelivery } from '#kiosk/device/deliver.ts'
import { askToEnrol } from '#kiosk/device/enrol.ts'
import { greet } from '#kiosk/device/greet.ts'
import type { Held } from '#kiosk/device/held.ts'
import { Refused, Unreachable, type Line } from '#kiosk/device/line.ts'
import { StorageFull } from '#kiosk/device/store.ts'

const second = 1_000
/** Between two hellos; a fifth more or less, so that the screens of a county do not speak in chorus. */
const usual = 60 * second
/** While the server has no pack for it yet. */
const soon = 10 * second
/** Between two questions of a screen that waits to be let in. */
const whileAsking = 5 * second
/** After failures, growing. */
const pauses = [5, 10, 20, 40, 60].map((seconds) => seconds * second)

export type Synced = {
  online: boolean
  /** The machine has no room for what the server said. */
  full: boolean
}

export type Sync = {
  state: () => Synced
  /** Opens what is for enrolled kiosks; null until a contact was heard. */
  token: () => string | null
  /** Says hello now. @throws Unreachable, Refused */
  hello: () => Promise<void>
  /** Something waits: sends it at once, if there is a line. */
  poke: () => void
  /** Tries now, whatever the line was like. @returns once that is over. */
  now: () => Promise<void>
  stop: () => void
}

type Parts = { held: Held; around: Around; line: Line; pack: () => string | null; changed: () => void }

export function startSync({ held, around, line, pack, changed }: Parts): Sync {
  const deliver = openDelivery(around.store, held, line)
  const state: Synced = { online: false, full: false }
  let token: string | null = null
  let greeting: Promise<void> | null = null
  let running: Promise<void> | null = null
  let again = false
  let due = 0
  let failures = 0
  let stopped = false
  let unplan = () => undefined as void

  const spread = (milliseconds: number) => milliseconds * (0.8 + 0.4 * around.chance())

  const sayHello = async () => {
    const said = await greet(held, around, line, pack())
    if (said === 'revoked') {
      token = null
      return held.empty()
    }
    token = said.token
    due = around.read().mono + spread(said.pack === null ? soon : usual)
  }

  /** What was taken out of use says that it is empty, until that was heard. */
  const sayFarewell = async () => {
    if ((await greet(held, around, line, null)) !== 'revoked') return
    stopped = true
    await held.forget()
  }

  const hello = () => (greeting ??= sayHello().finally(() => (greeting = null)))

  /** Enrols, or greets when it is time, and sends what waits. */
  const once = async () => {
    if (held.self().revoked) return sayFarewell()
    if (held.self().kiosk === null && !(await askToEnrol(held, line))) return
    state.full = false
    if (token === null || around.read().mono >= due)
      await hello().catch((error: unknown) => {
        // What is sent makes room.
        if (!(error instanceof StorageFull)) throw error
        state.full = true
      })
    if (held.self().revoked) await sayFarewell()
    else if (!(await deliver())) throw new Unreachable()
  }

  const attempt = async () => {
    try {
      await once()
      failures = 0
      state.online = !held.self().revoked
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused || error instanceof StorageFull))
        throw error
      state.full ||= error instanceof StorageFull
      failures += 1
      state.online = false
      due = 0
    }
  }

  const pause = () => {
    if (failures > 0) return spread(pauses[Math.min(failures, pauses.length) - 1] ?? usual)
    return held.self().kiosk === null ? whileAsking : Math.max(second, due - around.read().mono)
  }

  const run = (): Promise<void> => {
    unplan()
    again = false
    running ??= attempt().finally(() => {
      running = null
      changed()
      if (stopped) return
      if (again && state.online) void run()
      else unplan = around.after(pause(), () => void run())
    })
    return running
  }

  around.onLine(() => void (stopped || run()))
  unplan = around.after(0, () => void run())
  return {
    state: () => state,
    token: () => token,
    hello,
    poke: () => {
      if (running) again = true
      else if (state.online) void run()
    },
    now: async () => {
      await running
      if (stopped) return
      due = 0
      await run()
    },
    stop: () => {
      stopped = true
      unplan()
    },
  }
}

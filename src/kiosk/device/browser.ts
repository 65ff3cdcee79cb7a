// The device in a browser: IndexedDB, the network, the clocks; one tab only.
import { v7 } from 'uuid'
import type { Around } from '#kiosk/device/around.ts'
import { openIndexedStore } from '#kiosk/device/indexed-store.ts'

/** Keys and service workers exist over HTTPS only, and on the machine itself. */
export const isSecure = () => window.isSecureContext

/**
 * Waits until this is the only tab that has the device: two would give the same number twice.
 * @param told is called if another tab has it; when that one is closed, this one goes on.
 */
export async function becomeTheOnly(told: () => void): Promise<void> {
  // Held until the tab is gone.
  const forever = new Promise<never>(() => undefined)
  const ask = (ifAvailable: boolean) =>
    new Promise<boolean>((resolve, reject) => {
      navigator.locks
        .request('kiosk', { ifAvailable }, (lock) => (resolve(lock !== null), lock && forever))
        .catch(reject)
    })
  if (await ask(true)) return
  told()
  await ask(false)
}

/**
 * @param app version of the program on the screen.
 * @param wall the wall clock of the machine.
 * @throws whatever a browser throws that keeps nothing.
 */
export async function browserAround(app: string, wall: () => number = Date.now): Promise<Around> {
  return {
    store: await openIndexedStore(),
    send: (address, how) => fetch(address, how),
    read: () => ({ mono: performance.now(), wall: wall() }),
    id: v7,
    chance: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds)
      return () => clearTimeout(timer)
    },
    onLine: (then) => addEventListener('online', then),
    storage,
    wipe,
    app,
  }
}

async function storage() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  return usage === undefined || quota === undefined ? null : { used: usage, quota }
}

async function wipe() {
  const workers = await navigator.serviceWorker.getRegistrations()
  const names = await caches.keys()
  await Promise.all([
    ...workers
      .filter(({ scope }) => new URL(scope).pathname.startsWith('/kiosk'))
      .map((one) => one.unregister()),
    ...names.map((name) => caches.delete(name)),
  ])
}

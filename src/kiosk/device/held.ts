// What the device knows of itself, in memory and on the disk alike: one change after the other, and what is not on the
// disk has not happened.
import { freshClock, restarted, ticked, type Clock } from '#kiosk/device/clock.ts'
import type { Around } from '#kiosk/device/around.ts'
import type { Change, Self } from '#kiosk/device/store.ts'
import { makeSigningPair } from '#kiosk/signing.ts'

export type Held = {
  pair: CryptoKeyPair
  self: () => Self
  /**
   * Changes it, after all earlier changes, together with what else is to be stored.
   * @param make is given the device as of now; what it throws changes nothing.
   */
  change: (make: (self: Self) => Step | Promise<Step>) => Promise<Self>
  /** Leaves nothing on the machine but the key, to say so. */
  empty: () => Promise<void>
  /** Leaves nothing at all; whatever would change it afterwards does not happen. */
  forget: () => Promise<void>
}
export type Step = { self: Self; also?: Change }

const nobody = (clock: Clock): Self => ({
  kiosk: null,
  code: null,
  server: null,
  clock,
  seq: 0,
  turn: 0,
  skew: 0,
  pack: null,
  withdrawn: [],
  refused: 0,
  shelf: {},
  revoked: false,
})

/** Takes up what was kept, or begins: a pair of keys that never leaves this browser. */
export async function hold({ store, read, wipe }: Pick<Around, 'store' | 'read' | 'wipe'>): Promise<Held> {
  const [kept, keptPair] = await Promise.all([store.read('self'), store.read('pair')])
  const pair = keptPair ?? (await makeSigningPair(false))
  let self = kept && keptPair ? { ...kept, clock: restarted(kept.clock, read()) } : nobody(freshClock(read()))
  if (!keptPair) await store.commit({ put: { pair, self } })
  let last: Promise<unknown> = Promise.resolve()
  let gone = false
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const done = last.then(job, job)
    last = done.catch(() => undefined)
    return done
  }
  return {
    pair,
    self: () => self,
    change: (make) =>
      inTurn(async () => {
        if (gone) throw new Error('This device was emptied.')
        const step = await make({ ...self, clock: ticked(self.clock, read()) })
        await store.commit({ ...step.also, put: { ...step.also?.put, self: step.self } })
        return (self = step.self)
      }),
    empty: () =>
      inTurn(async () => {
        await Promise.all([store.empty(), wipe()])
        self = { ...nobody(self.clock), kiosk: self.kiosk, turn: self.turn, revoked: true }
        await store.commit({ put: { pair, self } })
      }),
    forget: () =>
      inTurn(async () => {
        gone = true
        await store.empty()
      }),
  }
}

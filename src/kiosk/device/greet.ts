// Says hello and takes in what the server answers.
import { heard, shownAt, timesOf } from '#kiosk/device/clock.ts'
import type { Around } from '#kiosk/device/around.ts'
import type { Held } from '#kiosk/device/held.ts'
import { Unreachable, type Line } from '#kiosk/device/line.ts'
import { helloText, type Hello, type HelloReply } from '#kiosk/hello.ts'
import { sign } from '#kiosk/signing.ts'

type Welcome = Extract<HelloReply, { is: 'welcome' }>

/**
 * A signed hello with a turn of its own: a copy of an older one that is still on its way changes nothing any more.
 * @param textOf what of it is signed.
 */
export async function makeHello(
  held: Held,
  around: Around,
  pack: string | null,
  textOf = helloText,
): Promise<Hello> {
  const { store, app } = around
  const [queue, sheet, storage] = await Promise.all([store.count(), store.read('sheet'), around.storage()])
  const { kiosk, clock, ...self } = await held.change((self) => ({ self: { ...self, turn: self.turn + 1 } }))
  if (kiosk === null) throw new Error('This screen was not let in yet.')
  const unsigned = {
    kiosk,
    turn: self.turn,
    heard: clock.contact,
    seq: self.seq,
    ...timesOf(clock),
    at: shownAt(clock.last.wall),
    pack,
    sheet: sheet?.version ?? null,
    queue,
    storage,
    app,
  }
  return { ...unsigned, signature: await sign(held.pair.privateKey, textOf(unsigned)) }
}

/** Turns of which a screen may be told that they were overtaken, before it waits for the next time. */
const mostTries = 3

/**
 * One hello, or another where one had overtaken the first.
 * @returns what was heard, or that this machine was taken out of use.
 * @throws Unreachable, Refused
 */
export async function greet(
  held: Held,
  around: Around,
  line: Line,
  pack: string | null,
): Promise<Welcome | 'revoked'> {
  for (let tries = 0; tries < mostTries; tries++) {
    const hello = await makeHello(held, around, pack)
    const reply = await line.post<HelloReply>('/kiosk/hello', hello, null)
    if (reply.is === 'revoked') return 'revoked'
    if (reply.is === 'welcome') {
      await takeIn(held, around, reply)
      return reply
    }
    await held.change((self) => ({ self: { ...self, turn: Math.max(reply.turn, self.turn) } }))
  }
  throw new Unreachable()
}

async function takeIn(held: Held, { read }: Around, { contact, seq, at, pack, withdrawn, sheet }: Welcome) {
  await held.change((self) => {
    const now = read()
    const skew = now.wall - Date.parse(at)
    return {
      self: { ...self, seq: Math.max(self.seq, seq), clock: heard(contact, now), skew, pack, withdrawn },
      ...(sheet ? { also: { put: { sheet } } } : {}),
    }
  })
}

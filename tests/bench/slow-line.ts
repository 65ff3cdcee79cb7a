// A village line as a proxy between a browser and a server: so many bits a second down and up, shared by all connections,
// a delay each way, and lost packets. TCP itself is not ours to break, so a loss is what TCP makes of it: the packet, and
// all behind it on its connection, come one round trip later (fast retransmit), and the window of that connection is
// halved. Windows begin at ten packets and grow as in Reno, so six connections in parallel start slowly, too. Setting up a
// connection costs a round trip more than here; TLS is left out.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type SlowLine = {
  port: number
  /** Bytes that have come down since the last time this was asked. */
  takeDown: () => number
  close: () => Promise<void>
}

const packetBytes = 1_460
const firstWindow = 10

/** One direction of the line. */
type Way = { bitsPerSecond: number; freeAt: number; bytes: number }

/** @param to port of the server. @param random between 0 and 1, the same each time. */
export async function openSlowLine(
  to: () => number,
  { kilobits, roundTrip, loss }: { kilobits: number; roundTrip: number; loss: number },
  random: () => number,
): Promise<SlowLine> {
  const [down, up] = [kilobits, kilobits].map((each) => ({
    bitsPerSecond: each * 1000,
    freeAt: 0,
    bytes: 0,
  })) as [Way, Way]
  const carry = (from: Socket, into: Socket, way: Way) => {
    const waiting: Buffer[] = []
    const arriving: Buffer[] = []
    let [window, threshold, flying, lastArrival, ended] = [firstWindow, Infinity, 0, 0, false]
    const pump = () => {
      while (flying < Math.floor(window) && waiting.length > 0) send(waiting.shift() as Buffer)
      if (waiting.length > 64) from.pause()
      else from.resume()
      if (ended && waiting.length === 0 && flying === 0) into.end()
    }
    const send = (packet: Buffer) => {
      flying += 1
      way.bytes += packet.length
      const begin = Math.max(performance.now(), way.freeAt)
      way.freeAt = begin + (packet.length * 8_000) / way.bitsPerSecond
      const isLost = random() < loss
      if (isLost) [threshold, window] = [Math.max(2, window / 2), Math.max(2, window / 2)]
      // In order: what comes behind a lost packet waits for it.
      lastArrival = Math.max(lastArrival, way.freeAt + roundTrip / 2 + (isLost ? roundTrip : 0))
      arriving.push(packet)
      // Timers are rounded and may overtake each other; what they deliver may not.
      setTimeout(arrive, lastArrival - performance.now())
      setTimeout(
        () => {
          flying -= 1
          window += window < threshold ? 1 : 1 / window
          pump()
        },
        lastArrival + roundTrip / 2 - performance.now(),
      )
    }
    const arrive = () => {
      const packet = arriving.shift()
      if (packet && into.writable) into.write(packet)
    }
    from.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += packetBytes)
        waiting.push(bytes.subarray(at, at + packetBytes))
      pump()
    })
    from.on('end', () => {
      ended = true
      pump()
    })
    from.on('error', () => into.destroy())
    from.on('close', () => ended || into.destroy())
  }
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (browser) => {
    const site = connect({ port: to(), host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [browser, site]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
    }
    carry(browser, site, up)
    carry(site, browser, down)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    takeDown: () => {
      const { bytes } = down
      down.bytes = 0
      return bytes
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

// A line between a screen and the server that fails in every way a village line does: cut at any byte, in either
// direction, slow, and with requests that arrive twice or long after later ones.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Way = 'up' | 'down'

export type ChaosProxy = {
  port: number
  /** Bytes that went through each way since the last `arm`. */
  passed: Record<Way, number>
  /** Requests that arrived again. */
  repeated: () => number
  /**
   * How the line fails from now on.
   * @param faults `cut`: after so many bytes one way the line is dead until it is armed anew, `atCut` is called at that
   * moment; `delay`: milliseconds before each piece; `again`: each request arrives a second time, as it was, when its
   * connection ends, or, with `late`, when `release` is called.
   */
  arm: (faults?: Faults) => void
  /** Lets arrive what was held back, the newest first. */
  release: () => Promise<void>
  close: () => Promise<void>
}

type Faults = {
  cut?: { way: Way; after: number }
  atCut?: () => void
  delay?: () => number
  again?: 'soon' | 'late'
}

/** Listens on `port`, 0 for a free one, and goes on to `target()`. */
export async function chaosProxy(target: () => number, port = 0): Promise<ChaosProxy> {
  let faults: Faults = {}
  let dead = false
  let repeated = 0
  const passed = { up: 0, down: 0 }
  const open = new Set<Socket>()
  const held: Buffer[] = []

  const kill = () => {
    dead = true
    faults.atCut?.()
    for (const socket of open) socket.destroy()
  }

  /** Passes on what comes, up to the cut; in order, however late. */
  const pass = (from: Socket, to: Socket, way: Way, seen: (piece: Buffer) => void) => {
    let before: Promise<void> = Promise.resolve()
    from.on('data', (piece: Buffer) => {
      before = before.then(async () => {
        if (faults.delay) await new Promise((resolve) => setTimeout(resolve, faults.delay?.()))
        if (dead) return
        const left = faults.cut?.way === way ? faults.cut.after - passed[way] : Infinity
        const whole = piece.length <= left
        const part = whole ? piece : piece.subarray(0, left)
        passed[way] += part.length
        seen(part)
        if (whole) return void to.write(part)
        // What was let through arrives before the line is dead.
        await new Promise((resolve) => (part.length > 0 ? to.write(part, resolve) : resolve(null)))
        kill()
      })
    })
    from.on('end', () => void before.then(() => to.end()))
  }

  const replay = (bytes: Buffer) =>
    new Promise<void>((resolve) => {
      repeated += 1
      const again = connect(target(), '127.0.0.1', () => again.end(bytes))
      again.on('data', () => undefined).on('error', () => undefined)
      again.on('close', () => resolve())
    })

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (dead) return void client.destroy()
    const upstream = connect({ port: target(), host: '127.0.0.1', allowHalfOpen: true })
    const sent: Buffer[] = []
    const { again } = faults
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        for (const other of [client, upstream]) other.destroy()
      })
    }
    client.on('close', () => {
      if (!again || sent.length === 0) return
      const bytes = Buffer.concat(sent)
      if (again === 'late') held.push(bytes)
      else void replay(bytes)
    })
    pass(client, upstream, 'up', (piece) => sent.push(piece))
    pass(upstream, client, 'down', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    passed,
    repeated: () => repeated,
    arm: (next = {}) => {
      for (const socket of open) socket.destroy()
      Object.assign(passed, { up: 0, down: 0 })
      faults = next
      dead = false
    },
    release: async () => {
      for (const bytes of held.splice(0).reverse()) await replay(bytes)
    },
    close: () =>
      new Promise((resolve) => (server.close(() => resolve()), open.forEach((one) => one.destroy()))),
  }
}

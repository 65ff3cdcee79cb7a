// Real HTTP against a listener on this machine, also with requests that no well-behaved client would send.
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'

export type Listening = { server: Server; port: number; origin: string; close: () => Promise<void> }

/** Listens on a free port of this machine. */
export async function listenHere(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()))
  return { server, port, origin: `http://127.0.0.1:${port}`, close }
}

/** Sends bytes as they are and returns all that comes back until the other side closes or `milliseconds` pass. */
export function sendRaw(port: number, bytes: string | Buffer, milliseconds = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let reply = ''
    const timer = setTimeout(() => (socket.destroy(), resolve(reply)), milliseconds)
    socket.on('data', (chunk) => (reply += chunk.toString()))
    socket.on('close', () => (clearTimeout(timer), resolve(reply)))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(reply) : reject(error),
    )
    socket.write(bytes)
  })
}

/** The status of a raw reply. */
export const statusOf = (reply: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? 0)

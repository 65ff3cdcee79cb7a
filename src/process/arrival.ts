// How long a request may take to arrive. Node has one limit for all; a film of 500 MB from a village takes an hour, so the
// limit is kept here for each request, and the one route that takes films lifts it and watches the pauses instead.
import type { IncomingMessage } from 'node:http'

const limits = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Ends the connection if the body of a request has not arrived whole, or was not read, in this time. */
export function limitArrival(req: IncomingMessage, milliseconds: number): void {
  if (!req.headers['transfer-encoding'] && !Number(req.headers['content-length'] ?? 0)) return
  limits.set(
    req,
    setTimeout(() => req.socket.destroy(), milliseconds),
  )
  req.once('close', () => liftArrival(req))
}

/** Lets a request take longer; whoever does so watches over it. */
export function liftArrival(req: IncomingMessage): void {
  clearTimeout(limits.get(req))
}

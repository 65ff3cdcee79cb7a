// Sends one file, whole or in part, or says that the browser has it already.
import { createReadStream } from 'node:fs'
import type { Visit } from '#process/front-door.server.ts'
import { readRange } from '#process/ranges.ts'

/** A file to send; `headers` has an ETag. */
export type Served = { file: string; size: number; headers: Record<string, string> }

/** True, and a 304 is sent, if the browser has exactly this already. */
export function isKnown({ req, res }: Visit, headers: Record<string, string>): boolean {
  const plain = (tag = '') => tag.trim().replace(/^W\//, '')
  const known = req.headers['if-none-match']?.split(',').some((tag) => plain(tag) === plain(headers['ETag']))
  if (known) res.writeHead(304, headers).end()
  return Boolean(known)
}

/** Sends bytes that are at hand. */
export function sendBytes(visit: Visit, headers: Record<string, string>, body: Buffer): true {
  if (isKnown(visit, headers)) return true
  visit.res.writeHead(200, { ...headers, 'Content-Length': String(body.length) })
  visit.res.end(visit.method === 'HEAD' ? undefined : body)
  return true
}

/** Sends a file from the disk, or the part of it that is asked for. */
export function sendFile(visit: Visit, { file, size, headers }: Served): true {
  if (isKnown(visit, headers)) return true
  const { req, res } = visit
  const changed = req.headers['if-range'] !== undefined && req.headers['if-range'] !== headers['ETag']
  const range = changed ? 'whole' : readRange(req.headers.range, size)
  if (range === 'none') {
    res.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
  } else if (range === 'whole') {
    res.writeHead(200, { ...headers, 'Accept-Ranges': 'bytes', 'Content-Length': String(size) })
    stream(visit, file, 0, size - 1)
  } else {
    const length = String(range.last - range.first + 1)
    res.writeHead(206, {
      ...headers,
      'Content-Range': `bytes ${range.first}-${range.last}/${size}`,
      'Content-Length': length,
    })
    stream(visit, file, range.first, range.last)
  }
  return true
}

function stream({ method, res }: Visit, file: string, start: number, end: number) {
  if (method === 'HEAD' || end < start) return void res.end()
  const source = createReadStream(file, { start, end })
  source.on('error', () => res.destroy())
  res.on('close', () => source.destroy())
  source.pipe(res)
}

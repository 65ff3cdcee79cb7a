// Reads what a request carries, within a cap and a time. A body that is too large is refused before or while it
// arrives and the connection is closed, so that nobody fills the memory by sending.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { TurnAway } from '#process/turn-away.ts'

const KB = 1024
const MB = 1024 * KB

/** Bytes that the bodies of addresses may have, by how the address begins; all others get the default. */
const caps: [string, number][] = [
  ['/study/', 16 * KB],
  ['/attempt/', 16 * KB],
  ['/csp-report', 16 * KB],
  ['/api/auth/', 16 * KB],
  ['/looks', 4 * KB],
  ['/kiosk/', 512 * KB],
  ['/hall/carry', 1 * MB],
  ['/feedback', 64 * KB],
  // A roster of 1 MB in GB18030 grows by half as UTF-8, and its preview sends it again.
  ['/admin/import', 2.5 * MB],
  // A file of hours may have 5 MB (src/sheet/limits.ts); the rest is what a form puts around it.
  ['/admin/hours/import', 5.25 * MB],
  // So may a file of items.
  ['/items/import', 5.25 * MB],
  // A text of 256 KB as the editor holds it.
  ['/studio/save', 4 * MB],
  // A Word file with pictures.
  ['/studio/new', 20.25 * MB],
]
const defaultCap = MB

/** Bytes of all bodies being read at one time; beyond it new ones are asked to come later. */
const capTogether = 64 * MB
let together = 0

const amount = (bytes: number) => (bytes >= MB ? `${bytes / MB} MB` : `${bytes / KB} KB`)
const tooLarge = (cap: number) =>
  new TurnAway(413, `内容太大，最多 ${amount(cap)}。`, '请减少内容，或分几次提交。', true)
const tooSlow = () => new TurnAway(408, '内容没有在时限内传完。', '请检查网络后再试一次。', true)
const tooMany = () => new TurnAway(503, '现在提交的人太多。', '请过一会儿再试。', true)
const cutOff = () => new TurnAway(400, '内容没有传完连接就断了。', '请再试一次。', true)

/** The cap in bytes for an address. */
export function capOf(path: string): number {
  return caps.find(([beginning]) => path.startsWith(beginning))?.[1] ?? defaultCap
}

/**
 * The whole body of a request.
 * @param limits bytes it may have and milliseconds it may take.
 * @throws TurnAway
 */
export async function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  limits: { bytes: number; milliseconds: number },
): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? 0)
  if (announced > limits.bytes) throw tooLarge(limits.bytes)
  if (together + announced > capTogether) throw tooMany()
  if (req.headers.expect) res.writeContinue()
  return collect(req, limits)
}

function collect(req: IncomingMessage, limits: { bytes: number; milliseconds: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = () => {
      clearTimeout(timer)
      req.off('data', take).off('end', end).off('close', cut)
      together -= size
    }
    const refuse = (why: TurnAway) => (settle(), req.pause(), reject(why))
    const take = (chunk: Buffer) => {
      size += chunk.length
      together += chunk.length
      if (size > limits.bytes) refuse(tooLarge(limits.bytes))
      else if (together > capTogether) refuse(tooMany())
      else chunks.push(chunk)
    }
    const end = () => (settle(), resolve(Buffer.concat(chunks, size)))
    const cut = () => refuse(cutOff())
    const timer = setTimeout(() => refuse(tooSlow()), limits.milliseconds)
    req.on('data', take).once('end', end).once('close', cut)
  })
}

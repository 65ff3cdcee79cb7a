// The one address that takes a file as it is: POST /studio/file?draft=…&name=…, with the bytes as its body. They go to the
// disk as they come and are never held. What a file may be is decided by the step.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Session } from '#people/session.ts'
import { liftArrival } from '#process/arrival.ts'
import type { Answer } from '#process/front-door.server.ts'
import { sendJson, sendRefusal } from '#process/reply.server.ts'
import { sessionAt } from '#process/study-routes.server.ts'
import { TurnAway } from '#process/turn-away.ts'
import { Refusal } from '#refusal.ts'

/** Takes a file into a draft and tells its name, address and size; throws a Refusal when it may not. */
export type FileStep = (
  by: Session,
  draft: string,
  sent: {
    name: string
    stream: AsyncIterable<Buffer>
    /** As announced. */
    bytes?: number | undefined
    /** Length of a recording as the browser measured it. */
    seconds?: number | undefined
  },
) => Promise<object>

export const fileAddress = '/studio/file'

/** More are asked to come later: each holds a connection and the disk. */
const most = { together: 4, each: 2 }

const defaults = {
  /** A line that is silent for so long has gone. */
  silent: 30_000,
  /** What a browser still sends after a refusal is let in and thrown away up to here: it hears the answer only then. */
  drained: { bytes: 64 * 1024 * 1024, milliseconds: 120_000 },
}

/** Answers POST /studio/file. Each instance counts its own uploads. */
export function fileRoute(take: FileStep, whoAsks = sessionAt, limits = defaults): Answer {
  const under = new Map<string, number>()
  return async ({ req, res, method, path, query }) => {
    if (path !== fileAddress) return false
    if (method !== 'POST') throw new TurnAway(405, '这个地址只接受页面自己发来的文件。', '请打开写稿的页面。')
    liftArrival(req)
    // Who asks before sending is told to go on once the step wants the bytes.
    let waits = Boolean(req.headers.expect)
    const goOn = () => {
      if (waits) res.writeContinue()
      waits = false
    }
    const stream = pieces(req, limits.silent, goOn)
    try {
      const by = await whoAsks(req.headers.cookie, path)
      const leave = enter(under, by.person.id)
      try {
        const { draft, ...asked } = readQuery(query)
        sendJson(res, 200, await take(by, draft, { ...asked, stream, bytes: announced(req) }))
      } finally {
        leave()
      }
    } catch (error) {
      await stream.return(undefined)
      if (waits) res.setHeader('Connection', 'close')
      else if (!req.complete) drain(req, res, limits.drained)
      if (!(error instanceof Refusal)) throw error
      sendRefusal(res, error)
    }
    return true
  }
}

function enter(under: Map<string, number>, person: string): () => void {
  const own = under.get(person) ?? 0
  const all = [...under.values()].reduce((sum, count) => sum + count, 0)
  if (own >= most.each)
    throw new Refusal('too-many', `您已经有${own}个文件正在传。`, '请等其中一个传完，再传下一个。')
  if (all >= most.together) throw new Refusal('busy', '现在传文件的人太多。', '请过一会儿再传。')
  under.set(person, own + 1)
  return () => {
    const left = (under.get(person) ?? 1) - 1
    if (left > 0) under.set(person, left)
    else under.delete(person)
  }
}

function readQuery(query: string) {
  const asked = new URLSearchParams(query)
  const [draft, name] = [asked.get('draft') ?? '', asked.get('name') ?? '']
  if (draft === '' || name === '')
    throw new Refusal('invalid', '没有说明文件叫什么，放进哪份稿子。', '请在写稿的页面里传。')
  const seconds = Number(asked.get('seconds') ?? NaN)
  return { draft, name, seconds: Number.isFinite(seconds) ? seconds : undefined }
}

const announced = (req: IncomingMessage) => {
  const length = req.headers['content-length']
  return length === undefined ? undefined : Number(length)
}

const gone = () => new Refusal('invalid', '文件没有传完，连接断了。', '请检查网络，再传一次。')

/** The bytes as they come. @throws Refusal when the line is silent or cut. */
async function* pieces(
  req: IncomingMessage,
  silent: number,
  goOn: () => void,
): AsyncGenerator<Buffer, undefined> {
  goOn()
  const source = req.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const { done, value } = await within(source.next(), silent, req)
      if (done) return
      yield value as Buffer
    }
  } finally {
    await source.return?.()
  }
}

function within<T>(next: Promise<T>, milliseconds: number, req: IncomingMessage): Promise<T> {
  return new Promise((resolve, reject) => {
    // Nobody is there to hear an answer.
    const timer = setTimeout(() => req.destroy(), milliseconds)
    const settled = () => clearTimeout(timer)
    next.then(
      (value) => (settled(), resolve(value)),
      () => (settled(), reject(gone())),
    )
  })
}

/**
 * Lets what is still being sent run out, so that the browser comes to read the answer: a connection that is closed on
 * unread bytes is reset, and the answer is lost. Whoever sends too much more, or too slowly, is cut off.
 */
function drain(req: IncomingMessage, res: ServerResponse, limit: { bytes: number; milliseconds: number }) {
  let left = limit.bytes
  const cut = () => req.socket.destroy()
  const timer = setTimeout(cut, limit.milliseconds)
  req.on('data', (piece: Buffer) => {
    left -= piece.length
    if (left < 0 && res.writableFinished) cut()
  })
  req.once('close', () => clearTimeout(timer))
  req.resume()
}

// Judges drafts in one thread that stays warm: no text, whatever stands in it, holds up the process or reads its secrets.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Compared } from '#studio/difference/compare.ts'
import type { DraftState } from '#studio/difference/say-difference.ts'
import { requireBounded } from '#studio/judge/bounded.ts'
import type { Asked, Judged } from '#studio/judge/judge.ts'
import type { Work } from '#studio/judge/judge.worker.ts'
import { Refusal, type RefusalKind } from '#refusal.ts'

/** How long one draft may take, what the thread may hold, how many may wait. The longest lesson takes 0.05 s alone. */
const limits = { milliseconds: 3_000, starting: 15_000, megabytes: 300, waiting: 50 }

type Answer = { id: number } & (
  | { done: Judged | Compared }
  | { refused: { kind: RefusalKind; message: string; hint: string } }
  | { tooMuch: true }
  | { failed: string }
)
type Waiting = {
  work: Work
  milliseconds: number
  resolve: (done: never) => void
  reject: (error: Error) => void
}

const file = join(import.meta.dirname, 'judge.worker.ts')
const queue: Waiting[] = []
let worker: Worker | null = null
let isWarm = false
let running: { id: number; waiting: Waiting; timer: NodeJS.Timeout } | null = null
let last = 0

/**
 * Judges one draft, after those that came before.
 * @param milliseconds how long it may take once its turn has come
 * @throws Refusal for a text that takes too long, or that cannot be stored
 */
export async function judgeDraft(asked: Asked, milliseconds = limits.milliseconds): Promise<Judged> {
  requireBounded(asked.content)
  return inThread<Judged>({ type: 'judge', asked }, milliseconds)
}

/** Says how two stored states differ, in the same thread. @throws Refusal for texts that take too long */
export const compareStates = (before: DraftState | null, after: DraftState): Promise<Compared> =>
  inThread<Compared>({ type: 'compare', before, after }, limits.milliseconds)

async function inThread<Done>(work: Work, milliseconds: number): Promise<Done> {
  if (queue.length >= limits.waiting)
    throw new Refusal('busy', '现在存稿子的人很多，这一次没有存上。', '写的内容还在本机，过几秒会再存。')
  return new Promise((resolve, reject) => {
    queue.push({ work, milliseconds, resolve, reject })
    next()
  })
}

/** Ends the thread, and refuses whoever still waits; the next draft starts another. */
export async function closeJudge(): Promise<void> {
  const closed = new Refusal('busy', '网站正在停下来，这一次没有存上。', '写的内容还在本机，过一会儿会再存。')
  for (const { reject } of queue.splice(0)) reject(closed)
  if (running) giveUp(closed)
  await stop()
}

function next() {
  if (running) return
  const waiting = queue.shift()
  if (!waiting) return
  const id = ++last
  const thread = (worker ??= start())
  // Whoever waits keeps the process alive; a thread that waits does not.
  thread.ref()
  const patience = waiting.milliseconds + (isWarm ? 0 : limits.starting)
  const timer = setTimeout(() => giveUp(tooSlow()), patience)
  running = { id, waiting, timer }
  thread.postMessage({ id, work: waiting.work })
}

function start(): Worker {
  const thread = new Worker(file, {
    // Nothing of the process's settings is needed there.
    ...{ env: {}, execArgv: [] },
    resourceLimits: {
      ...{ maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32 },
      // As in the process itself: with more, a parser goes deeper into nested brackets, and takes ten times as long.
      stackSizeMb: 1,
    },
  })
  isWarm = false
  thread.on('message', settle)
  thread.on('error', (error: Error & { code?: string }) => {
    if (thread === worker) giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooSlow() : error)
  })
  return thread
}

function settle(answer: Answer) {
  if (!running || answer.id !== running.id) return
  const { waiting, timer } = running
  clearTimeout(timer)
  running = null
  isWarm = true
  worker?.unref()
  if ('done' in answer) waiting.resolve(answer.done as never)
  else if ('refused' in answer) {
    const { kind, message, hint } = answer.refused
    waiting.reject(new Refusal(kind, message, hint))
  } else if ('tooMuch' in answer) waiting.reject(tooSlow())
  else waiting.reject(new Error(answer.failed))
  next()
}

function giveUp(error: Error) {
  const given = running
  running = null
  void stop().finally(next)
  if (!given) return
  clearTimeout(given.timer)
  given.waiting.reject(error)
}

async function stop() {
  const thread = worker
  worker = null
  await thread?.terminate()
}

const tooSlow = () =>
  new Refusal('invalid', '这份稿子太复杂，读了很久还没有读完。', '减少嵌套的括号、列表和部件，或分成几课。')

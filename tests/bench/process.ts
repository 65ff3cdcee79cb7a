// A script of the bench as a process of its own, so that what is measured shares no event loop with who measures it.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

type Question = { id: number; name: string; argument: unknown }
type Reply = { id: number; value?: unknown; error?: string }

export type Process = {
  /** What the other side's function of this name returns. */
  ask: <T>(name: string, argument?: unknown) => Promise<T>
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts a script of this folder; it is given a working environment and what `env` adds. */
export function startProcess(script: string, env: Record<string, string> = {}): Process {
  const child = fork(join(import.meta.dirname, script), { env: { ...process.env, ...env } })
  const waiting = new Map<number, (reply: Reply) => void>()
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply))
  const ended = once(child, 'close').then(() => {
    for (const [id, tell] of waiting) tell({ id, error: `${script} ended.` })
  })
  return { ask: asker(child, waiting), stop: (signal = 'SIGTERM') => (child.kill(signal), ended) }
}

function asker(child: ChildProcess, waiting: Map<number, (reply: Reply) => void>): Process['ask'] {
  let count = 0
  return <T>(name: string, argument?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = ++count
      waiting.set(id, ({ value, error }) => {
        waiting.delete(id)
        if (error === undefined) resolve(value as T)
        else reject(new Error(error))
      })
      child.send({ id, name, argument } satisfies Question)
    })
}

/** The other side: answers questions with functions by name. */
export function answerWith(answers: Record<string, (argument: never) => unknown>): void {
  process.once('disconnect', () => process.exit())
  process.on('message', async ({ id, name, argument }: Question) => {
    try {
      process.send?.({ id, value: await answers[name]?.(argument as never) } satisfies Reply)
    } catch (error) {
      process.send?.({ id, error: (error as Error).stack ?? String(error) } satisfies Reply)
    }
  })
}

// Judges drafts in a thread of its own, one after another. Started by judge.server.ts only.
import { parentPort } from 'node:worker_threads'
import { judgeText, type Asked } from '#studio/judge/judge.ts'
import { Refusal } from '#refusal.ts'

parentPort?.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
  parentPort?.postMessage({ id, ...answer(asked) })
})

function answer(asked: Asked) {
  try {
    return { judged: judgeText(asked) }
  } catch (error) {
    if (error instanceof Refusal)
      return { refused: { kind: error.kind, message: error.message, hint: error.hint } }
    // The stack is at its end: nothing of ours is so deep.
    if (error instanceof RangeError) return { tooMuch: true }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

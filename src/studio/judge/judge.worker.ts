// Judges and compares drafts in a thread of its own, one after another. Started by judge.server.ts only.
import { parentPort } from 'node:worker_threads'
import { compare } from '#studio/difference/compare.ts'
import type { DraftState } from '#studio/difference/say-difference.ts'
import { judgeText, type Asked } from '#studio/judge/judge.ts'
import { Refusal } from '#refusal.ts'

export type Work =
  { type: 'judge'; asked: Asked } | { type: 'compare'; before: DraftState | null; after: DraftState }

parentPort?.on('message', ({ id, work }: { id: number; work: Work }) => {
  parentPort?.postMessage({ id, ...answer(work) })
})

function answer(work: Work) {
  try {
    return { done: work.type === 'judge' ? judgeText(work.asked) : compare(work.before, work.after) }
  } catch (error) {
    if (error instanceof Refusal)
      return { refused: { kind: error.kind, message: error.message, hint: error.hint } }
    // The stack is at its end: nothing of ours is so deep.
    if (error instanceof RangeError) return { tooMuch: true }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

// What the page of an attempt shows: public questions, what is saved of them, the time. Never a key.
import { itemRowsOf, itemsOf } from '#assessment/attempt/attempt.server.ts'
import { runningOf } from '#assessment/attempt/overview.server.ts'
import { stateOf, type AttemptState } from '#assessment/attempt/state.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { minuteOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { questionFor } from '#quiz/public-half.ts'
import type { PublicQuestion } from '#quiz/question.ts'

export type Paper = {
  /** Id of the attempt, and of its test. */
  attempt: string
  assessment: string
  title: string
  adaptive: boolean
  supervised: boolean
  /** Mark of the person, for what waits in the browser. */
  owner: string
  /** All questions of a paper; of an adaptive test the one that is asked now. */
  questions: PublicQuestion[]
  /** Position of the first of them. */
  first: number
  saved: AttemptState['items']
  /** Seconds left, and the minute (Shanghai) when the time is up; null without a limit. */
  left: number | null
  until: string | null
}

/** The paper of a person who is in the middle of a test; null if none runs. */
export async function paperOf(person: string, assessment: string): Promise<Paper | null> {
  const attempt = await runningOf(person, assessment)
  if (!attempt) return null
  const rows = await itemRowsOf(read, attempt.id)
  const { left, items: saved } = await stateOf({ attempt, rows })
  const { title, form, supervised } = attempt.blueprint
  const adaptive = form === 'adaptive'
  const asked = adaptive ? rows.slice(-1) : rows
  const items = await itemsOf(asked)
  return {
    ...{ attempt: attempt.id, assessment, title, adaptive, supervised, owner: ownerMark(person) },
    questions: asked.flatMap(({ itemId }) => {
      const item = items.get(itemId)
      return item ? [questionFor(item, attempt.seed)] : []
    }),
    first: asked[0]?.position ?? 1,
    saved: saved.filter(({ item }) => items.has(item)),
    ...{ left, until: attempt.deadlineAt === null ? null : minuteOf(attempt.deadlineAt) },
  }
}

// An adaptive test goes on: the answer is stored and the next question chosen in one job, or the test ends and is handed in.
import { askNext, bankOf, priorOf, type Choosing } from '#assessment/attempt/ask-next.server.ts'
import { itemsOf, requireAttempt, type Attempt, type ItemRow } from '#assessment/attempt/attempt.server.ts'
import { aroundOf, finish, handIn } from '#assessment/attempt/hand-in.server.ts'
import { inTurn } from '#assessment/attempt/in-turn.server.ts'
import { readSent, requireSent, store, type Sent } from '#assessment/attempt/save.server.ts'
import { secondsLeft } from '#assessment/attempt/time.ts'
import { availableItems } from '#assessment/bank/bank.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { questionFor } from '#quiz/public-half.ts'
import type { PublicQuestion } from '#quiz/question.ts'
import { Refusal } from '#refusal.ts'

export type Next =
  /** The question that is asked now; `left` seconds, null without a limit. */
  | { type: 'question'; question: PublicQuestion; position: number; left: number | null }
  /** The answer is kept, and not complete; nothing was chosen. */
  | { type: 'incomplete'; missing: string; left: number | null }
  /** Handed in; `why` in Chinese. */
  | { type: 'ended'; why: string }

/** Takes an answer from the script of a page and goes on. @throws Refusal `not-found`, `invalid`, `signed-out`. */
export async function nextQuestion(person: string, body: unknown): Promise<Next> {
  return goOn(person, requireSent(person, body))
}

/** Goes on after an answer. What was gone on from before gives the question that is asked now, and changes nothing. */
export async function goOn(person: string, sent: Omit<Sent, 'owner'>): Promise<Next> {
  const reading = await readSent(person, sent)
  const went = await inTurn(async () => {
    const before = await requireAttempt(read, person, sent.attempt)
    const { blueprint } = before.attempt
    if (blueprint.form !== 'adaptive')
      throw new Refusal('invalid', '这份测评的题都已经在卷子上。', '请在答题页用“下一题”。')
    const around = await aroundOf(before.rows)
    const choosing: Choosing = {
      ...around,
      bank: bankOf(blueprint, await availableItems({ secure: blueprint.supervised })),
      prior: await priorOf(person, blueprint),
    }
    return write(async (tx): Promise<Went> => {
      const stored = await store(tx, person, sent, reading)
      if (stored.handed) return ended
      if (stored.outcome === 'late') return 'late'
      const { attempt, rows } = await requireAttempt(tx, person, sent.attempt)
      const withdrawn = around.standing.get(sent.item) === 'withdrawn'
      if (stored.outcome === 'fixed') return { type: 'asked', attempt, row: lastOf(rows) }
      if (reading.state !== 'answered' && !withdrawn)
        return {
          type: 'incomplete',
          missing: reading.missing || '还没有作答，请先答这一题',
          left: stored.left,
        }
      return step(tx, { ...attempt, blueprint }, rows, choosing)
    })
  })
  if (went === 'late') {
    await handIn(person, sent.attempt, 'time')
    return { type: 'ended', why: '时间到了，已经交卷；最后这一题是到时间以后才收到的，存下了，不计分。' }
  }
  return went.type === 'asked' ? asked(went.attempt, went.row) : went
}

type Went = 'late' | { type: 'asked'; attempt: Attempt; row: ItemRow } | Exclude<Next, { type: 'question' }>

const ended: Went = { type: 'ended', why: '这一次测评已经交卷。' }

const lastOf = (rows: readonly ItemRow[]) => rows.at(-1) as ItemRow

async function step(
  tx: Database,
  attempt: Attempt & { blueprint: Extract<Blueprint, { form: 'adaptive' }> },
  rows: readonly ItemRow[],
  choosing: Choosing,
): Promise<Went> {
  const chosen = await askNext(tx, attempt, rows, choosing)
  const whole = await requireAttempt(tx, attempt.personId, attempt.id)
  if (!('stop' in chosen)) return { type: 'asked', attempt, row: lastOf(whole.rows) }
  await finish(tx, whole, choosing, chosen.stop)
  return { type: 'ended', why: chosen.why }
}

async function asked({ seed, deadlineAt }: Attempt, row: ItemRow): Promise<Next> {
  const item = (await itemsOf([row])).get(row.itemId)
  if (!item) throw new Error(`There is no item ${row.itemId}.`)
  const left = secondsLeft(deadlineAt, now().toISOString())
  return { type: 'question', question: questionFor(item, seed), position: row.position, left }
}

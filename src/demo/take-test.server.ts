// Somebody takes a test of the demo, through the same functions as by a page, each step at its own time.
import { itemsOf, requireAttempt } from '#assessment/attempt/attempt.server.ts'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { goOn } from '#assessment/attempt/next.server.ts'
import { save } from '#assessment/attempt/save.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { itemAt } from '#assessment/bank/bank.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import type { SetTime } from '#demo/seed.server.ts'
import { sessionOf } from '#demo/session.ts'
import type { PlannedTest } from '#demo/test-plan.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { fieldsOf } from '#quiz/say-answer.ts'

/** What this person answers to an item; null where it is left blank. */
export type Answerer = (item: Item) => Answer | null

const iso = (at: number) => new Date(at).toISOString()
/** The last look before handing in, ms. */
const lastLook = 20_000
/** An adaptive test asks so many items at most, while banks are small. */
const mostAsked = 8

/** Takes it from start to end. */
export async function takeTest(planned: PlannedTest, answer: Answerer, setTime: SetTime): Promise<void> {
  const { id, seed, person, assessment, startAt, code } = planned
  setTime(iso(startAt))
  const session = sessionOf(person, dayOf(iso(startAt)))
  await startAttempt(session, { assessment, ...(code === null ? {} : { code }) }, { id, seed })
  const { attempt } = await requireAttempt(read, person.id, id)
  await (attempt.blueprint.form === 'adaptive' ? oneByOne : onPaper)(planned, answer, setTime)
}

/** The whole paper was saved answer by answer; the last look found nothing to change. */
async function onPaper({ id, person, startAt, endAt }: PlannedTest, answer: Answerer, setTime: SetTime) {
  const { rows } = await requireAttempt(read, person.id, id)
  const items = await itemsOf(rows)
  const savedAt = endAt - lastLook
  const each = (savedAt - startAt) / rows.length
  setTime(iso(savedAt))
  const saving = rows.flatMap(({ itemId }, i) => {
    const item = items.get(itemId)
    const given = item && answer(item)
    const ago = Math.round((rows.length - 1 - i) * each)
    return given ? [save(person.id, { ...sent(id, itemId, given, i), ago })] : []
  })
  await Promise.all(saving)
  setTime(iso(endAt))
  await handIn(person.id, id)
}

async function oneByOne({ id, person, startAt, endAt }: PlannedTest, answer: Answerer, setTime: SetTime) {
  for (let n = 1; ; n++) {
    const { attempt, rows } = await requireAttempt(read, person.id, id)
    if (attempt.handedAt !== null) return
    const asked = rows.at(-1)
    const item = asked && (await itemAt(asked.itemId, asked.itemRevision))
    const given = item && answer(item)
    if (!given) throw new Error(`Attempt ${id} has no question, or no answer to it.`)
    setTime(iso(startAt + Math.round(((endAt - startAt) * n) / mostAsked)))
    await goOn(person.id, { ...sent(id, item.id, given, n), ago: 0 })
  }
}

const sent = (attempt: string, item: string, answer: Answer, seq: number) => ({
  ...{ attempt, item, fields: fieldsOf(answer), marked: false, page: attempt, seq },
})

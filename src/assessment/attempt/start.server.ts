// Beginning a test: the paper is drawn and counted in the job that stores the attempt. One runs per person and test; who
// begins again, or on a second device, gets the one that runs.
import { eq } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { z } from 'astro/zod'
import {
  askNext,
  bankOf,
  countShown,
  countTaker,
  priorOf,
  seenBy,
  type Choosing,
} from '#assessment/attempt/ask-next.server.ts'
import { attemptsOf, findRunning, type Attempt } from '#assessment/attempt/attempt.server.ts'
import { settled } from '#assessment/attempt/hand-in.server.ts'
import { inTurn } from '#assessment/attempt/in-turn.server.ts'
import { notYet, type Earlier } from '#assessment/attempt/may-begin.ts'
import { requireSitting } from '#assessment/attempt/sitting.server.ts'
import { deadlineOf } from '#assessment/attempt/time.ts'
import { availableItems, type BankedItem } from '#assessment/bank/bank.server.ts'
import { assessmentById } from '#assessment/blueprint/assessments.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { draw } from '#assessment/blueprint/draw.ts'
import { sayShort } from '#assessment/blueprint/say-short.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { attempt as attemptTable, attemptItem, extraTime } from '#db/schema/assessment.ts'
import { indicatorName } from '#assessment/attempt/names.server.ts'
import { population } from '#record/capability/belief.ts'
import type { Session } from '#people/session.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { dayWord } from '#record/capability/words.ts'
import { Refusal } from '#refusal.ts'

/** The form that begins a test; `code` where it is supervised. */
export const StartForm = z.object({ assessment: z.string().max(80), code: z.string().max(40).optional() })

export type Started = { attempt: string; /** It ran already. */ resumed: boolean }

/** What an attempt is known by, and what its paper is drawn by: kept with it, so that the draw can be made again. */
type Fresh = { id: string; seed: string }

/** Nobody can foretell it. */
const freshOne = (): Fresh => ({ id: v7(), seed: randomBytes(16).toString('base64url') })

/**
 * Begins a test, or goes on with the attempt that runs.
 * @param fresh id and seed, where they have to come out the same every time.
 * @throws Refusal `not-found`; `closed` if it is not on offer, not yet again, or cannot be filled; and as `requireSitting`.
 */
export async function startAttempt(
  session: Session,
  { assessment, code = '' }: z.infer<typeof StartForm>,
  fresh: Fresh = freshOne(),
): Promise<Started> {
  const person = session.person.id
  const running = await findRunning(read, person, assessment)
  if (running && (await settled(running)).handedAt === null) return { attempt: running.id, resumed: true }
  const blueprint = await assessmentById(assessment)
  if (!blueprint) throw new Refusal('not-found', '没有找到这份测评。', '它可能已经停用，请回到“测评”页。')
  requireTime(earlierIn(await attemptsOf(read, person, assessment)), blueprint)
  const sittingId = blueprint.supervised ? await requireSitting(session, assessment, code) : null
  const available = await availableItems({ secure: blueprint.supervised })
  const adaptive = blueprint.form === 'adaptive'
  const choosing: Choosing = {
    bank: adaptive ? bankOf(blueprint, available) : available,
    prior: adaptive ? await priorOf(person, blueprint) : population,
    ...{ items: new Map(), standing: new Map(), inForce: await versionsInForce() },
  }
  return inTurn(() => write((tx) => begin(tx, { ...fresh, person, blueprint, sittingId }, choosing)))
}

const earlierIn = (attempts: readonly Attempt[]): Earlier[] =>
  attempts.flatMap(({ startedAt, handedAt }) => (handedAt === null ? [] : [{ startedAt, handedAt }]))

function requireTime(earlier: readonly Earlier[], { attempts }: Blueprint) {
  const wait = notYet(earlier, attempts, now().toISOString())
  if (wait) throw new Refusal('closed', `现在还不能再测：${wait.why}。`, `${dayWord(wait.from)}起可以再测。`)
}

type Beginning = Fresh & { person: string; blueprint: Blueprint; sittingId: string | null }

async function begin(tx: Database, asked: Beginning, choosing: Choosing): Promise<Started> {
  const { id, person, blueprint, sittingId, seed } = asked
  const before = await attemptsOf(tx, person, blueprint.id)
  const at = now().toISOString()
  const [more] = await tx.select().from(extraTime).where(eq(extraTime.personId, person))
  const attempt: Attempt = {
    ...{ id, assessmentId: blueprint.id, personId: person, sittingId, seed, blueprint },
    number: Math.max(0, ...before.map(({ number }) => number)) + 1,
    ...{ startedAt: at, deadlineAt: deadlineOf(at, blueprint.minutes, more?.share ?? 0) },
    ...{ handedAt: null, handedBy: null, result: null },
  }
  // The unique index decides which of two that begin at once is the one.
  const stored = await tx
    .insert(attemptTable)
    .values(attempt)
    .onConflictDoNothing()
    .returning({ id: attemptTable.id })
  if (stored.length === 0) {
    const running = await findRunning(tx, person, blueprint.id)
    if (!running) throw new Error(`Attempt ${attempt.number} was neither stored nor found.`)
    return { attempt: running.id, resumed: true }
  }
  requireTime(earlierIn(before), blueprint)
  await countTaker(tx, blueprint.id)
  if (blueprint.form === 'adaptive') await askFirst(tx, { ...attempt, blueprint }, choosing)
  else await drawPaper(tx, { ...attempt, blueprint }, choosing.bank)
  return { attempt: id, resumed: false }
}

type OfForm<Form extends Blueprint['form']> = Attempt & { blueprint: Extract<Blueprint, { form: Form }> }

async function askFirst(tx: Database, attempt: OfForm<'adaptive'>, choosing: Choosing) {
  const step = await askNext(tx, attempt, [], choosing)
  if ('stop' in step)
    throw new Refusal(
      'closed',
      '题库里暂时没有可出的题，这一次没有开始。',
      '不算一次；请过几天再来，或告诉培训管理员。',
    )
}

async function drawPaper(tx: Database, attempt: OfForm<'fixed'>, bank: readonly BankedItem[]) {
  const { id: attemptId, personId, seed, blueprint, startedAt: shownAt } = attempt
  const drawn = draw(blueprint.cells, bank, { seen: await seenBy(tx, personId), seed })
  if (drawn.type === 'short')
    throw new Refusal(
      'closed',
      `题库里的题不够，组不成卷：${sayShort(drawn.cells, indicatorName)}。`,
      '没有开始，不算一次；请告诉培训管理员补题。',
    )
  await tx.insert(attemptItem).values(
    drawn.items.map(({ id: itemId, revision: itemRevision }, i) => ({
      ...{ attemptId, personId, position: i + 1, itemId, itemRevision, shownAt },
    })),
  )
  await countShown(
    tx,
    blueprint.id,
    drawn.items.map(({ id }) => id),
  )
}

// The tests as a person finds them: what runs, what can be taken now or when, what was taken.
import { attemptsOf, findRunning, type Attempt } from '#assessment/attempt/attempt.server.ts'
import { settled } from '#assessment/attempt/hand-in.server.ts'
import { notYet, type NotYet } from '#assessment/attempt/may-begin.ts'
import { handedOf, type Handed } from '#assessment/attempt/results.server.ts'
import { secondsLeft } from '#assessment/attempt/time.ts'
import { assessmentById, openAssessments } from '#assessment/blueprint/assessments.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { extraTime } from '#db/schema/assessment.ts'
import { eq } from 'drizzle-orm'
import { orRefusal, Refusal } from '#refusal.ts'

/** A test that runs. */
export type Running = { id: string; assessment: string; blueprint: Blueprint; left: number | null }

/** A test on offer, and when it may be taken (again); null for now. */
export type Offer = { blueprint: Blueprint; wait: NotYet | null; taken: number }

export type Overview = { running: Running[]; offers: Offer[]; taken: Handed[] }

/** All that /assessments shows. */
export async function testsOf(person: string): Promise<Overview> {
  const taken = await handedOf(person)
  const attempts = await attemptsOf(read, person)
  const running = attempts.filter(({ handedAt }) => handedAt === null).map(asRunning)
  const runs = new Set(running.map(({ assessment }) => assessment))
  const offers = (await openAssessments()).filter(({ id }) => !runs.has(id))
  return { running, taken, offers: offers.map((blueprint) => offerOf(blueprint, taken)) }
}

function offerOf(blueprint: Blueprint, taken: readonly Handed[]): Offer {
  const own = taken.filter(({ assessmentId }) => assessmentId === blueprint.id)
  const wait = notYet(own, blueprint.attempts, now().toISOString())
  return { blueprint, wait, taken: own.length }
}

const asRunning = ({ id, assessmentId, blueprint, deadlineAt }: Attempt): Running => ({
  ...{ id, assessment: assessmentId, blueprint, left: secondsLeft(deadlineAt, now().toISOString()) },
})

/** What /assessments/<id> shows. */
export type Entrance = Offer & { running: Running | null; last: Handed | null; extraShare: number }

/** A test before it is begun; null if there is none. @throws Refusal `closed` if it is not on offer any more. */
export async function entranceOf(person: string, assessment: string): Promise<Entrance | null> {
  const runs = await runningOf(person, assessment)
  const found = await assessmentById(assessment).catch(orRefusal)
  // Who is in the middle of it goes on to the end.
  if (found instanceof Refusal && !runs) throw found
  const blueprint = found instanceof Refusal || found === null ? (runs?.blueprint ?? null) : found
  if (!blueprint) return null
  const taken = await handedOf(person, assessment)
  const [more] = await read.select().from(extraTime).where(eq(extraTime.personId, person))
  return {
    ...offerOf(blueprint, taken),
    ...{ running: runs && asRunning(runs), last: taken[0] ?? null, extraShare: more?.share ?? 0 },
  }
}

/** The attempt of a person that runs; null also where its time is over by now. */
export async function runningOf(person: string, assessment: string): Promise<Attempt | null> {
  const found = await findRunning(read, person, assessment)
  const attempt = found && (await settled(found))
  return attempt?.handedAt === null ? attempt : null
}

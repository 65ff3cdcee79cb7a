// What is looked at of members for the learning health, gathered for some persons at once from what is derived.
import { and, gte, inArray, lt, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { belief, credit, dispute, evidence, progress } from '#db/schema/record.ts'
import { dayOf } from '#day.ts'
import { recentFrom, yearFrom, type Member } from '#plan/health/figure.ts'
import { targetsOf } from '#record/capability/model.ts'
import { postsInUse } from '#record/capability/model.server.ts'

/** Midnight in Shanghai at which a day begins, as an instant. */
const beginOf = (on: string) => new Date(`${on}T00:00:00+08:00`).toISOString()

/**
 * The members as of the beginning of a day; their beliefs as they are now.
 * @param placed persons with their posts, as placements hold them.
 */
export async function membersOf(
  placed: readonly { personId: string; posts: string }[],
  on: string,
): Promise<Map<string, Member>> {
  const ids = placed.map(({ personId }) => personId)
  const [beliefs, seen, finished, credited, objections] = await Promise.all([
    beliefsOf(ids, on),
    evidenceOf(ids, on),
    finishedOf(ids, on),
    creditedOf(ids, on),
    objectionsOf(ids, on),
  ])
  return new Map(
    placed.map(({ personId, posts }) => {
      const { answeredAt, observedAt, watchedAt } = seen.get(personId) ?? {}
      const days = [answeredAt, finished.get(personId)].flatMap((at) => (at ? [dayOf(at)] : []))
      return [
        personId,
        {
          targets: targetCount(posts),
          ...(beliefs.get(personId) ?? nothingBelieved),
          studiedOn: [...days, credited.get(personId) ?? ''].sort().at(-1) || null,
          observedOn: observedAt ? dayOf(observedAt) : null,
          watchedOn: watchedAt ? dayOf(watchedAt) : null,
          objections: objections.get(personId) ?? [],
        },
      ]
    }),
  )
}

function targetCount(posts: string): number {
  const known = postsInUse()
  const held = posts.split(' ').flatMap((id) => known.get(id) ?? [])
  return Object.keys(targetsOf(held)).length
}

const nothingBelieved = { measured: 0, aimed: 0, reached: 0, evidenceOn: null, gaps: 0, gapsFollowed: 0 }

const count = (which: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${which})`

async function beliefsOf(ids: string[], on: string) {
  const { personId, status, asOfOn } = belief
  const rows = await read
    .select({
      personId,
      measured: count(sql`${status} <> 'unmeasured'`),
      aimed: count(sql`${status} in ('reached', 'not-reached', 'uncertain')`),
      reached: count(sql`${status} = 'reached'`),
      evidenceOn: sql<string | null>`max(${asOfOn}) filter (where ${status} <> 'unmeasured')`,
      gaps: count(sql`${status} = 'not-reached'`),
      gapsFollowed: count(sql`${status} = 'not-reached' and ${asOfOn} >= ${recentFrom(on)}`),
    })
    .from(belief)
    .where(inArray(personId, ids))
    .groupBy(personId)
  return new Map(rows.map(({ personId, ...row }) => [personId, row]))
}

async function evidenceOf(ids: string[], on: string) {
  const { personId, at, body } = evidence
  const newest = (which: ReturnType<typeof sql>) => sql<string | null>`max(${at}) filter (where ${which})`
  const kind = sql`${body} ->> 'kind'`
  const rows = await read
    .select({
      personId,
      answeredAt: newest(sql`${kind} <> 'observation'`),
      observedAt: newest(sql`${kind} = 'observation'`),
      // A situation or procedure of a test is a kind of its own, marked where nobody watched.
      watchedAt: newest(
        sql`${kind} = 'supervised-test' or (${kind} in ('scenario', 'procedure') and ${body} ->> 'unsupervised' is null)`,
      ),
    })
    .from(evidence)
    .where(and(inArray(personId, ids), gte(at, beginOf(yearFrom(on))), lt(at, beginOf(on))))
    .groupBy(personId)
  return new Map(rows.map((row) => [row.personId, row]))
}

async function finishedOf(ids: string[], on: string): Promise<Map<string, string>> {
  const { personId, completedAt } = progress
  const rows = await read
    .select({ personId, at: sql<string>`max(${completedAt})` })
    .from(progress)
    .where(and(inArray(personId, ids), lt(completedAt, beginOf(on))))
    .groupBy(personId)
  return new Map(rows.map((row) => [row.personId, row.at]))
}

/** The last day of what was credited, classes attended elsewhere within. */
async function creditedOf(ids: string[], before: string): Promise<Map<string, string>> {
  const { personId, on } = credit
  const rows = await read
    .select({ personId, on: sql<string>`max(${on})` })
    .from(credit)
    .where(and(inArray(personId, ids), lt(on, before)))
    .groupBy(personId)
  return new Map(rows.map((row) => [row.personId, row.on]))
}

async function objectionsOf(ids: string[], on: string) {
  const { personId, at, answeredAt } = dispute
  const rows = await read
    .select({ personId, at, answeredAt })
    .from(dispute)
    .where(and(inArray(personId, ids), gte(at, beginOf(yearFrom(on))), lt(at, beginOf(on))))
  const found = rows.map((row) => ({
    personId: row.personId,
    ...{ on: dayOf(row.at), answeredOn: row.answeredAt && dayOf(row.answeredAt) },
  }))
  return Map.groupBy(found, (one) => one.personId)
}

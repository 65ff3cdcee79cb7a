// What a training officer has before him to answer objections: the open ones, oldest first, with the facts; and those
// that were answered.
import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { factsAbout, keyBehind, type Facts } from '#course/dispute/facts.server.ts'
import { disputesInWords, inWords, type SaidDispute } from '#course/dispute/said.server.ts'
import { answeredFor } from '#course/dispute/scope.server.ts'
import { titlesOf } from '#course/titles.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { countedSpan, dispute } from '#db/schema/record.ts'
import { postsOn, type Held } from '#people/posts.server.ts'
import type { Session } from '#people/session.ts'
import { factsOf } from '#record/hours/credited.server.ts'
import type { Dispute } from '#record/dispute.server.ts'
import { standingObservations } from '#record/observed.server.ts'

export const openPageRows = 10
export const answeredPageRows = 20

/** Time of a day that counts: from, to (ms since 1970), and in which lesson. */
export type DaySpan = { from: number; to: number; title: string; own: boolean }

export type OpenDispute = {
  dispute: Dispute
  name: string
  held: Held[]
  facts: Facts | null
  /** The officer's own: another has to answer it, and he does not see the key. */
  own: boolean
  /** All that counts of the day of a visit; `own` is of the visit itself. */
  day: DaySpan[]
  key: Awaited<ReturnType<typeof keyBehind>>
  /** Of a cell: the observations that stand, and which each is. */
  observed: { id: string; text: string; note: string }[]
}

/** How many objections wait for this officer. */
export async function openDisputeCount(session: Session): Promise<number> {
  const [found] = await read
    .select({ open: count() })
    .from(dispute)
    .innerJoin(person, eq(person.id, dispute.personId))
    .where(and(isNull(dispute.answeredAt), answeredFor(session)))
  return found?.open ?? 0
}

/** A page of the open objections in the officer's units, the oldest first; `more` says whether another follows. */
export async function openDisputes(
  session: Session,
  page: number,
): Promise<{ rows: OpenDispute[]; more: boolean }> {
  const found = await read
    .select({ dispute, name: person.name })
    .from(dispute)
    .innerJoin(person, eq(person.id, dispute.personId))
    .where(and(isNull(dispute.answeredAt), answeredFor(session)))
    .orderBy(asc(dispute.at), asc(dispute.id))
    .limit(openPageRows + 1)
    .offset((page - 1) * openPageRows)
  const today = dayOf(now().toISOString())
  const rows = await Promise.all(
    found.slice(0, openPageRows).map(async (row): Promise<OpenDispute> => {
      const { personId, about } = row.dispute
      const facts = await factsAbout(personId, about, 'officer')
      const own = personId === session.person.id
      return {
        ...row,
        held: await postsOn(personId, today),
        facts,
        own,
        day: facts?.kind === 'time' ? await dayOfVisit(personId, facts.visit) : [],
        key: facts?.kind === 'answer' && !own ? await keyBehind(facts.answer, session.person.id) : null,
        observed: facts?.kind === 'cell' && !own ? await observedOf(personId, facts.indicator) : [],
      }
    }),
  )
  return { rows, more: found.length > openPageRows }
}

async function observedOf(personId: string, indicator: string): Promise<OpenDispute['observed']> {
  const observed = await standingObservations(read, personId, indicator)
  const words = await inWords(observed)
  return observed.map(({ id, note }, i) => ({ id, note, text: words[i] ?? '' }))
}

/** Spans of a day beyond which a list helps nobody. */
const mostSpans = 40

async function dayOfVisit(personId: string, visit: { id: string; openedAt: string }): Promise<DaySpan[]> {
  const midnight = Date.parse(`${dayOf(visit.openedAt)}T00:00:00+08:00`)
  const spans = await read
    .select()
    .from(countedSpan)
    .where(
      and(
        eq(countedSpan.personId, personId),
        gte(countedSpan.fromAt, midnight),
        lt(countedSpan.fromAt, midnight + 86_400_000),
      ),
    )
    .orderBy(asc(countedSpan.fromAt))
    .limit(mostSpans)
  const visits = await factsOf([...new Set(spans.map(({ eventId }) => eventId))])
  const titles = await titlesOf([...visits.values()].map(({ facts }) => facts))
  return spans.map(({ fromAt: from, toAt: to, eventId }) => ({
    ...{ from, to, own: eventId === visit.id },
    title: titles.get(String(visits.get(eventId)?.facts['lesson'])) ?? '已撤展的课',
  }))
}

/** A page of those that were answered, the last first, with the name of whose each was. */
export async function answeredDisputes(
  session: Session,
  page: number,
): Promise<{ rows: (SaidDispute & { name: string })[]; more: boolean }> {
  const found = await read
    .select({ dispute, name: person.name })
    .from(dispute)
    .innerJoin(person, eq(person.id, dispute.personId))
    .where(and(isNotNull(dispute.answeredAt), answeredFor(session)))
    .orderBy(desc(dispute.answeredAt), desc(dispute.id))
    .limit(answeredPageRows + 1)
    .offset((page - 1) * answeredPageRows)
  const shown = found.slice(0, answeredPageRows)
  const said = await disputesInWords(shown.map((row) => row.dispute))
  const rows = said.map((row, i) => ({ ...row, name: shown[i]?.name ?? '' }))
  return { rows, more: found.length > answeredPageRows }
}

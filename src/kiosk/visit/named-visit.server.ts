// The visit that an entry names, and whether what happened in it counts for its person.
import { and, eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kioskEntry, kioskVisit } from '#db/schema/kiosk.ts'
import { person } from '#db/schema/people.ts'
import type { Placed, Settled } from '#kiosk/intake/settled.ts'
import { longestMilliseconds } from '#kiosk/visit/visit.server.ts'

/** Entries and visits have their times from different clocks, which agree to within so much. */
const slackMilliseconds = 2 * 60_000

export type NamedVisit = { id: string; personId: string; beganAt: string }

/** Said of whatever was done after a sign-in that did not hold. */
export const notProved = '登录时的PIN没有通过核对，这一次登录后的学习没有记入任何人名下。'

/** The visit that entries of a kiosk name: by when each happened, the visit if it counts then, else what becomes of the entry. */
export async function visitNamed(
  id: string,
  kiosk: string,
): Promise<(at: Placed['at']) => NamedVisit | Settled> {
  const [row] = await read
    .select({ visit: kioskVisit, closedAt: person.closedAt })
    .from(kioskVisit)
    .innerJoin(person, eq(person.id, kioskVisit.personId))
    .where(eq(kioskVisit.id, id))
  if (!row) {
    const settled: Settled = (await wasRefused(kiosk, id))
      ? no(id, notProved)
      : { state: 'waiting', about: id }
    return () => settled
  }
  return (at) => visitAt(at, kiosk, row)
}

type Found = { visit: typeof kioskVisit.$inferSelect; closedAt: string | null }

function visitAt(at: number, kiosk: string, { visit, closedAt }: Found): NamedVisit | Settled {
  const { id } = visit
  if (visit.kioskId !== kiosk) return no(id, '这一次登录不在这台大屏上，没有记入。')
  if (visit.state === 'refused') return no(id, notProved)
  const began = Date.parse(visit.beganAt)
  const last = Math.min(visit.endedAt ? Date.parse(visit.endedAt) : Infinity, began + longestMilliseconds)
  if (at < began - slackMilliseconds) return no(id, '早于这一次登录，没有记入。')
  if (at > last + slackMilliseconds) return no(id, '这时已经退出大屏，没有记入。')
  if (closedAt !== null && Date.parse(closedAt) < at) return no(id, '这时账号已经停用，没有记入。')
  return { id, personId: visit.personId, beganAt: visit.beganAt }
}

const no = (about: string, reason: string): Settled => ({ state: 'refused', reason, about })

/** True for what becomes of an entry, not a visit. */
export const isSettled = (found: NamedVisit | Settled): found is Settled => 'state' in found

/** Whether the sign-in of this visit arrived and named nobody of the hall. */
async function wasRefused(kiosk: string, id: string): Promise<boolean> {
  const began = and(
    eq(kioskEntry.about, id),
    eq(kioskEntry.kind, 'visit-began'),
    eq(kioskEntry.kioskId, kiosk),
    eq(kioskEntry.state, 'refused'),
  )
  const rows = await read.select({ id: kioskEntry.id }).from(kioskEntry).where(began).limit(1)
  return rows.length > 0
}

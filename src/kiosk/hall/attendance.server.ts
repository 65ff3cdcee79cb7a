// What is known of one person in one session. Facts come in any order, also twice, and the row is the same in the end: the
// first coming and the first leaving count, and a right check-in is worth more than a wrong one.
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/database.server.ts'
import { hallAttendance as row } from '#db/schema/hall.ts'

type Via = (typeof row.$inferSelect)['via']

/** Somebody came. In a row that has no coming yet, `via` says nothing. */
export async function present(
  tx: Database,
  sessionId: string,
  personId: string,
  { via, inAt }: { via: Via; inAt: string },
): Promise<void> {
  const earlier = sql`(${row.inAt} is null or excluded.in_at < ${row.inAt})`
  await tx
    .insert(row)
    .values({ sessionId, personId, via, inAt, state: 'claimed' })
    .onConflictDoUpdate({
      target: [row.sessionId, row.personId],
      set: {
        via: sql`case when ${earlier} then excluded.via else ${row.via} end`,
        inAt: sql`case when ${earlier} then excluded.in_at else ${row.inAt} end`,
        note: null,
      },
    })
}

/** Somebody left before the end. */
export async function left(tx: Database, sessionId: string, personId: string, outAt: string): Promise<void> {
  await tx
    .insert(row)
    .values({ sessionId, personId, via: 'pin', outAt, state: 'claimed' })
    .onConflictDoUpdate({
      target: [row.sessionId, row.personId],
      set: { outAt: sql`min(coalesce(${row.outAt}, excluded.out_at), excluded.out_at)` },
    })
}

/** The host says that somebody was there; what was taken back stays so. */
export async function confirmed(
  tx: Database,
  sessionId: string,
  personId: string,
  confirmedBy: string,
): Promise<void> {
  const declined = sql`${row.state} = 'declined'`
  await tx
    .insert(row)
    .values({ sessionId, personId, via: 'pin', state: 'confirmed', confirmedBy })
    .onConflictDoUpdate({
      target: [row.sessionId, row.personId],
      set: {
        state: sql`case when ${declined} then ${row.state} else 'confirmed' end`,
        confirmedBy: sql`coalesce(${row.confirmedBy}, excluded.confirmed_by)`,
      },
    })
}

/** A check-in that counts for nothing, and why (Chinese); one that was right stands. */
export async function wrongly(tx: Database, sessionId: string, personId: string, note: string) {
  await tx
    .insert(row)
    .values({ sessionId, personId, via: 'pin', state: 'claimed', note })
    .onConflictDoUpdate({
      target: [row.sessionId, row.personId],
      set: { note: sql`case when ${row.inAt} is null then excluded.note else ${row.note} end` },
    })
}

/** The row of a person in a session. */
export const rowOf = (sessionId: string, personId: string) =>
  and(eq(row.sessionId, sessionId), eq(row.personId, personId))

// What the invigilator has before him: the open sittings of a test, who has begun and who has handed in. Never points,
// never a rank.
import { desc, eq, inArray } from 'drizzle-orm'
import { isOver, secondsLeft } from '#assessment/attempt/time.ts'
import type { Sitting } from '#assessment/sitting/sitting.server.ts'
import { trainerScope } from '#assessment/trained-by.server.ts'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { attempt, extraTime, sitting as sittingTable } from '#db/schema/assessment.ts'
import { person, unit } from '#db/schema/people.ts'
import { inScope } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'

/** Somebody in the room. */
export type Taker = {
  attempt: string
  name: string
  number: string
  /** Seconds left by the server's clock, 0 when the time is up; null without a limit, or once handed in. */
  left: number | null
  handed: boolean
  /** This one has more time than the others; why is nobody's business. */
  extra: boolean
}

/** A sitting with those who take part, in the order of their names. */
export type Room = { sitting: Sitting; unit: string; takers: Taker[]; writing: number }

const byName = new Intl.Collator('zh-CN')
/** Closed sittings are shown for as many hours, in which all who wrote have handed in; the last few also afterwards. */
const shownHours = 12
const lastFew = 5

/** The sittings of a test over a trainer's units: the open ones and the last closed ones, the newest first. */
export async function roomsOf(session: Session, assessment: string): Promise<Room[]> {
  const at = now()
  const lately = new Date(at.getTime() - shownHours * 3_600_000).toISOString()
  const found = await read
    .select({ sitting: sittingTable, path: unit.path, unit: unit.name })
    .from(sittingTable)
    .innerJoin(unit, eq(unit.id, sittingTable.unitId))
    .where(eq(sittingTable.assessmentId, assessment))
    .orderBy(desc(sittingTable.openedAt))
  const own = found.filter(({ path }) => inScope(trainerScope(session), path))
  const last = own.filter(({ sitting }) => sitting.closedAt !== null).slice(0, lastFew)
  const mine = own.filter(
    (one) => one.sitting.closedAt === null || one.sitting.closedAt >= lately || last.includes(one),
  )
  const takers = await takersOf(
    mine.map(({ sitting }) => sitting.id),
    at.toISOString(),
  )
  return mine.map(({ sitting, unit: name }) => {
    const present = takers.get(sitting.id) ?? []
    return { sitting, unit: name, takers: present, writing: present.filter(({ handed }) => !handed).length }
  })
}

async function takersOf(sittings: readonly string[], at: string): Promise<Map<string, Taker[]>> {
  const rows = await read
    .select({
      sitting: attempt.sittingId,
      attempt: attempt.id,
      name: person.name,
      number: person.number,
      handedAt: attempt.handedAt,
      deadlineAt: attempt.deadlineAt,
      share: extraTime.share,
    })
    .from(attempt)
    .innerJoin(person, eq(person.id, attempt.personId))
    .leftJoin(extraTime, eq(extraTime.personId, attempt.personId))
    .where(inArray(attempt.sittingId, [...sittings]))
  const sorted = rows.sort((a, b) => byName.compare(a.name, b.name) || byName.compare(a.number, b.number))
  return new Map(
    [...Map.groupBy(sorted, ({ sitting }) => sitting ?? '')].map(([id, own]) => [
      id,
      own.map(({ attempt: attemptId, name, number, handedAt, deadlineAt, share }): Taker => {
        // The clock hands in within a minute what is past its time.
        const handed = handedAt !== null || isOver(deadlineAt, at)
        return {
          ...{ attempt: attemptId, name, number, handed, extra: share !== null },
          left: handed ? null : secondsLeft(deadlineAt, at),
        }
      }),
    ]),
  )
}

// A session as its page shows it: to its host or an officer with everybody in it, to who is in it with his own part.
import { asc, desc, eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { person, unit } from '#db/schema/people.ts'
import { hasAnswered, questionsOf, tallyOf, type HallQuestion } from '#kiosk/hall/ask.server.ts'
import { isHostsTime } from '#kiosk/hall/confirm.server.ts'
import { isOfficerOver, locate, noSession, type Located } from '#kiosk/hall/find.server.ts'
import { hallWorth, type Worth } from '#kiosk/hall/hall-rule.ts'
import { lengthOf, stayedFor, stayOf, type Stay } from '#kiosk/hall/stay.ts'
import { nameOf } from '#people/posts.server.ts'
import type { Session } from '#people/session.ts'
import { versionsInForce } from '#record/versions.server.ts'

type Row = typeof hallAttendance.$inferSelect

/** Somebody in a session; `stayed` if it is long enough for hours. */
export type InRoom = Row & { name: string; number: string; stay: Stay; stayed: boolean }

export type Room = Located & {
  host: string
  kiosk: string | null
  /** May run it: the host, or an officer over the unit. */
  runs: boolean
  /** May still confirm names. */
  mayConfirm: boolean
  /** Everybody, in the order in which they came; oneself only for who does not run it. */
  people: InRoom[]
  questions: HallQuestion[]
  tally: Map<string, number[]>
  /** The question that is put to the hall now, and whether one has answered it. */
  asking: (HallQuestion & { answered: boolean }) | null
  /** What it gives, as long as it is or was; and the share that one must stay, 0–1. */
  worth: Worth
  share: number
}

/** @throws Refusal `not-yours` for who neither runs it nor is in it. */
export async function roomOf(session: Session, id: string): Promise<Room> {
  const found = await locate(read, id)
  if (!found) throw noSession()
  const { held, path } = found
  const self = session.person.id
  const officer = isOfficerOver(session, path)
  const runs = held.hostId === self || officer
  const everybody = await peopleOf(found)
  const people = runs ? everybody : everybody.filter(({ personId }) => personId === self)
  if (!runs && people.length === 0) throw noSession()
  const questions = await questionsOf(held.lessonId)
  const asked = questions.find(({ item }) => item === held.asking)
  const rule = (await versionsInForce()).hourRule(held.startsAt)
  const [screen] = await read
    .select({ name: kiosk.name })
    .from(kiosk)
    .where(eq(kiosk.id, held.kioskId ?? ''))
  return {
    ...{ ...found, runs, people, questions, tally: await tallyOf(id) },
    host: (await nameOf(held.hostId))?.name ?? '',
    kiosk: screen?.name ?? null,
    mayConfirm: runs && (officer || isHostsTime(held, now().getTime())),
    asking: asked ? { ...asked, answered: await hasAnswered(id, asked.item, self) } : null,
    worth: hallWorth(rule, lengthOf(spanOf(found))),
    share: rule.completionRatio,
  }
}

/** From the beginning to the end, or to now while it runs. */
const spanOf = ({ held: { startsAt, endsAt } }: Located) => ({
  startsAt,
  endsAt: endsAt ?? now().toISOString(),
})

async function peopleOf(found: Located): Promise<InRoom[]> {
  const span = spanOf(found)
  const rule = (await versionsInForce()).hourRule(found.held.startsAt)
  const rows = await read
    .select({ row: hallAttendance, name: person.name, number: person.number })
    .from(hallAttendance)
    .innerJoin(person, eq(person.id, hallAttendance.personId))
    .where(eq(hallAttendance.sessionId, found.held.id))
    .orderBy(asc(hallAttendance.inAt), asc(person.name))
  return rows.map(({ row, name, number }) => ({
    ...{ ...row, name, number, stay: stayOf(span, row) },
    stayed: stayedFor(rule.completionRatio, span, row),
  }))
}

/** Where somebody was lately, the newest first. */
export async function attendedBy(personId: string) {
  return read
    .select({ held: hallSession, row: hallAttendance, unit: unit.name })
    .from(hallAttendance)
    .innerJoin(hallSession, eq(hallSession.id, hallAttendance.sessionId))
    .innerJoin(unit, eq(unit.id, hallSession.unitId))
    .where(eq(hallAttendance.personId, personId))
    .orderBy(desc(hallSession.startsAt))
    .limit(20)
}

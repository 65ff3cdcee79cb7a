// The sessions of a screen: for its sheet, and for a screen that asks how the one that runs is going.
import { and, asc, eq, gte, lte, or } from 'drizzle-orm'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { person } from '#db/schema/people.ts'
import { putQuestion, tallyOf } from '#kiosk/hall/ask.server.ts'
import type { HallState } from '#kiosk/hall/hall-state.ts'
import { longestHours } from '#kiosk/hall/stay.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Asking, KioskStep } from '#kiosk/step.ts'
import { keyAt } from '#kiosk/visit/roster.server.ts'
import { Refusal } from '#refusal.ts'

const hour = 3_600_000
const aheadDays = 7

/** What a screen may show of sessions: those that run, and those of the next days. */
export async function sessionsFor({ id }: Pick<Asking, 'id'>): Promise<HallSheet['sessions']> {
  const at = now().getTime()
  const since = (hours: number) => new Date(at - hours * hour).toISOString()
  const rows = await read
    .select()
    .from(hallSession)
    .where(
      and(
        eq(hallSession.kioskId, id),
        or(
          and(eq(hallSession.state, 'open'), gte(hallSession.startsAt, since(longestHours))),
          and(
            eq(hallSession.state, 'planned'),
            gte(hallSession.startsAt, since(24)),
            lte(hallSession.startsAt, since(-24 * aheadDays)),
          ),
        ),
      ),
    )
    .orderBy(asc(hallSession.startsAt))
  return rows.map((one) => ({
    ...{ id: one.id, title: one.title, kind: one.kind, agenda: one.agenda, lesson: one.lessonId },
    ...{ at: one.startsAt, secret: one.secret, state: one.state === 'open' ? 'open' : 'planned' },
  }))
}

const About = z.strictObject({ session: z.uuid() })
const Question = z.strictObject({ session: z.uuid(), item: z.string().max(80).nullable() })

async function ownSession(kiosk: Asking, id: string) {
  const own = and(eq(hallSession.id, id), eq(hallSession.kioskId, kiosk.id))
  const [held] = await read.select().from(hallSession).where(own)
  if (!held) throw new Refusal('not-found', '服务器还不知道这一场。', '记录送到以后就有了。')
  return held
}

const malformed = () => new Refusal('invalid', '收到的内容不完整。', '请再试一次。')

const stateStep: KioskStep = async (kiosk, { body }) => {
  const asked = About.safeParse(body)
  if (!asked.success) throw malformed()
  const { id, state, asking } = await ownSession(kiosk, asked.data.session)
  const rows = await read
    .select({ row: hallAttendance, name: person.name })
    .from(hallAttendance)
    .innerJoin(person, eq(person.id, hallAttendance.personId))
    .where(eq(hallAttendance.sessionId, id))
    .orderBy(asc(hallAttendance.inAt))
  const people = rows
    .filter(({ row }) => row.inAt !== null && row.state !== 'declined')
    .map(({ row, name }) => ({ key: keyAt(kiosk.id, row.personId), name, left: row.outAt !== null }))
  const tally = asking === null ? [] : ((await tallyOf(id, 'phones')).get(asking) ?? [])
  return { state, people, asking, tally } satisfies HallState
}

const askStep: KioskStep = async (kiosk, { body }) => {
  const asked = Question.safeParse(body)
  if (!asked.success) throw malformed()
  const { id } = await ownSession(kiosk, asked.data.session)
  await write((tx) => putQuestion(tx, id, asked.data.item))
  return { asked: true }
}

export const hallSteps: Record<string, KioskStep> = { 'hall/state': stateStep, 'hall/ask': askStep }

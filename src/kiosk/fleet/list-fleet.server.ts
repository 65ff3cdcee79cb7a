// The screens of an administrator's units and how they are. A county has some hundreds: all are read, and a page is shown.
import { and, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry } from '#db/schema/kiosk.ts'
import { document, revision } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { findKiosk } from '#kiosk/fleet/approve.server.ts'
import { healthOf, isIn, type Around, type FleetState, type Health } from '#kiosk/fleet/health.ts'
import { goodDays } from '#kiosk/pack/build.server.ts'
import { describePacks } from '#kiosk/pack/current.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

const pageRows = 50
const mostRevoked = 50

const told = {
  id: kiosk.id,
  name: kiosk.name,
  playlist: kiosk.playlist,
  enrolledAt: kiosk.enrolledAt,
  helloAt: kiosk.helloAt,
  pack: kiosk.pack,
  queue: kiosk.queue,
  storageUsed: kiosk.storageUsed,
  storageQuota: kiosk.storageQuota,
  app: kiosk.app,
  clockErrorSeconds: kiosk.clockErrorSeconds,
  unitId: kiosk.unitId,
  unitPath: unit.path,
}

/** All screens in use below the units of a system administrator, as they are in the database. */
const ownScreens = (session: Session) =>
  read
    .select(told)
    .from(kiosk)
    .innerJoin(unit, eq(unit.id, kiosk.unitId))
    .where(and(isNull(kiosk.revokedAt), underAny(unit.path, scopeOf(session, 'system-admin'))))
    .orderBy(unit.path, kiosk.name)

export type FleetScreen = Awaited<ReturnType<typeof ownScreens>>[number] & Health

export type FleetFilter = {
  /** The unit and all below it. */
  unitPath?: string
  state?: FleetState
  /** From 1. */
  page: number
}

export type Fleet = {
  /** Of the filter, on this page, by unit. */
  screens: FleetScreen[]
  /** How many the filter finds, on how many pages. */
  found: number
  pages: number
  /** Of all screens in use, whatever the filter. */
  all: number
  silent: Record<'yellow' | 'orange' | 'red' | 'never', number>
  /** The last withdrawal, and how many screens were not met since; null if nothing is withdrawn. */
  withdrawal: { title: string; at: string; missing: number } | null
}

/** The screens that an administrator sees. */
export async function listFleet(session: Session, filter: FleetFilter): Promise<Fleet> {
  const [rows, { around, title }] = await Promise.all([ownScreens(session), surroundings()])
  const screens = rows.map((row) => ({ ...row, ...healthOf(row, around) }))
  const found = screens.filter(
    (one) =>
      (!filter.unitPath || one.unitPath.startsWith(filter.unitPath)) &&
      (!filter.state || isIn(filter.state, one, one)),
  )
  const countOf = (silence: string) => screens.filter((one) => one.silence === silence).length
  const at = around.withdrawnAt
  return {
    screens: found.slice((filter.page - 1) * pageRows, filter.page * pageRows),
    found: found.length,
    pages: Math.ceil(found.length / pageRows),
    all: screens.length,
    silent: {
      yellow: countOf('yellow'),
      orange: countOf('orange'),
      red: countOf('red'),
      never: countOf('never'),
    },
    withdrawal:
      at === null ? null : { title, at, missing: screens.filter((one) => one.missesWithdrawal).length },
  }
}

/** What is not of one screen: now, the packs there are, the last withdrawal. */
async function surroundings(): Promise<{ around: Around; title: string }> {
  const packs = new Map((await describePacks()).map(({ playlist, version }) => [playlist, version]))
  // Cases and lists are in no pack.
  const [last] = await read
    .select({ at: document.withdrawnAt, meta: revision.meta })
    .from(document)
    .leftJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(and(isNotNull(document.withdrawnAt), inArray(document.kind, ['course', 'lesson', 'story'])))
    .orderBy(desc(document.withdrawnAt))
    .limit(1)
  const title = typeof last?.meta?.['title'] === 'string' ? last.meta['title'] : ''
  return { around: { at: now().getTime(), packs, goodDays, withdrawnAt: last?.at ?? null }, title }
}

/** The screens that were taken out of use, the last first. */
export const listRevoked = (session: Session) =>
  read
    .select({
      id: kiosk.id,
      name: kiosk.name,
      unitId: kiosk.unitId,
      revokedAt: kiosk.revokedAt,
      emptiedAt: kiosk.emptiedAt,
    })
    .from(kiosk)
    .innerJoin(unit, eq(unit.id, kiosk.unitId))
    .where(and(isNotNull(kiosk.revokedAt), underAny(unit.path, scopeOf(session, 'system-admin'))))
    .orderBy(desc(kiosk.revokedAt))
    .limit(mostRevoked)

/** One screen with its health. @throws Refusal `not-yours` */
export async function lookAtKiosk(session: Session, id: string) {
  const found = await findKiosk(session, id)
  const { around } = await surroundings()
  return { ...found.kiosk, unit: found.unit.name, ...healthOf(found.kiosk, around) }
}

/** How many entries of a screen are in which state; how many were refused for which reason. Nothing of persons. */
export async function entriesOf(kioskId: string) {
  const own = eq(kioskEntry.kioskId, kioskId)
  const states = await read
    .select({ state: kioskEntry.state, entries: count() })
    .from(kioskEntry)
    .where(own)
    .groupBy(kioskEntry.state)
  const refused = await read
    .select({ reason: kioskEntry.reason, entries: count() })
    .from(kioskEntry)
    .where(and(own, eq(kioskEntry.state, 'refused')))
    .groupBy(kioskEntry.reason)
    .orderBy(desc(count()))
  const of = (state: string) => states.find((one) => one.state === state)?.entries ?? 0
  return { settled: of('settled'), waiting: of('waiting'), refused: of('refused'), reasons: refused }
}

/** When a screen was met lately, the last first, ms since 1970. */
export const contactsOf = (kioskId: string) =>
  read
    .select({ id: kioskContact.id, at: kioskContact.at, seq: kioskContact.seq })
    .from(kioskContact)
    .where(eq(kioskContact.kioskId, kioskId))
    // As the index has them: a screen that is always on is met half a million times a year.
    .orderBy(desc(kioskContact.seq), sql`kiosk_contact.rowid desc`)
    .limit(10)

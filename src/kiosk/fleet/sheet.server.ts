// The sheet of a hall as a kiosk gets it. Put together anew after some seconds, so that a screen hears of a notice at
// its next hello, and five hundred that ask at once do not ask the database for the same.
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { noticesFor } from '#kiosk/fleet/notices.server.ts'
import { sessionsFor } from '#kiosk/hall/sessions.server.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Asking } from '#kiosk/step.ts'
import { rosterOf } from '#kiosk/visit/roster.server.ts'
import { meritOf } from '#kiosk/visitor/merit.server.ts'
import { toldIn } from '#kiosk/visitor/told.server.ts'
import { ownTurn } from '#process/own-turn.server.ts'

/** What all screens of a unit show alike. */
type OfUnit = Pick<HallSheet, 'unit' | 'notices' | 'told' | 'merit'>
type Kept<Value> = { until: number; value: Promise<Value> }

const milliseconds = 10_000
const sheets = new Map<string, Kept<HallSheet>>()
const units = new Map<string, Kept<OfUnit>>()

/** The sheet for a kiosk; its version changes with the content. */
export const sheetOf = (kiosk: Asking): Promise<HallSheet> => keptFor(sheets, kiosk.id, () => compose(kiosk))

/** For whoever changed what screens show and wants it seen at their next hello. */
export function forgetSheets(): void {
  sheets.clear()
  units.clear()
}

function keptFor<Value>(
  all: Map<string, Kept<Value>>,
  id: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const kept = all.get(id)
  if (kept && kept.until > performance.now()) return kept.value
  const value = make()
  const fresh = { until: performance.now() + milliseconds, value }
  all.set(id, fresh)
  value.catch(() => all.get(id) === fresh && all.delete(id))
  return value
}

async function compose(kiosk: Asking): Promise<HallSheet> {
  await ownTurn()
  const [ofUnit, roster, sessions] = await Promise.all([
    keptFor(units, kiosk.unitId, () => composeUnit(kiosk.unitId)),
    rosterOf(kiosk),
    sessionsFor(kiosk),
  ])
  const { id, name } = kiosk
  const content = { kiosk: { id, name }, ...ofUnit, roster, sessions }
  const version = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
  return { version, ...content }
}

async function composeUnit(unitId: string): Promise<OfUnit> {
  const [found] = await read.select({ name: unit.name }).from(unit).where(eq(unit.id, unitId))
  if (!found) throw new Error(`There is no unit ${unitId}.`)
  const [notices, told, merit] = await Promise.all([
    noticesFor(unitId, dayOf(now().toISOString())),
    toldIn(unitId),
    meritOf(unitId),
  ])
  return { unit: found, notices, told, merit }
}

// What a system administrator does with screens: lets one in, gives it another name, takes it out of use.
import { and, eq, isNull, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { kiosk, kioskEnrolment } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import { readEnrolCode } from '#kiosk/fleet/enrolment.ts'
import { forgetKiosk } from '#kiosk/fleet/known.server.ts'
import { knownPlaylists } from '#kiosk/pack/playlists.server.ts'
import type { PublicKey } from '#kiosk/signing.ts'
import { noteAct } from '#people/audit.server.ts'
import { findUnit } from '#people/roster/find.server.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

const longestName = 30

type Asked = { code: string; name: string; unit: string; playlist: string }

/**
 * Lets a screen in.
 * @param asked `code` as it was read aloud; `unit` is an id, `playlist` one of `knownPlaylists()`.
 * @throws WrongField (`code`, `name`, `playlist`), Refusal `not-yours` for a unit outside the scope.
 */
export async function approve(session: Session, asked: Asked): Promise<{ id: string }> {
  const name = requireName(asked.name)
  const code = readEnrolCode(asked.code)
  if (!code) throw new WrongField('code', 'invalid', '登记码是八位字母和数字。', '请照着屏幕再念一遍。')
  const { playlist } = asked
  if (!knownPlaylists().some(({ id }) => id === playlist))
    throw new WrongField('playlist', 'invalid', '没有这份播放单。', '请从列表里选一份。')
  const id = v7()
  const [at, enrolledBy] = [now().toISOString(), session.person.id]
  await write(async (tx) => {
    const { id: unitId } = await findUnit(tx, scopeOf(session, 'system-admin'), asked.unit)
    const publicKey = await requireWaiting(tx, code, at)
    await requireNew(tx, publicKey)
    await tx.insert(kiosk).values({ id, unitId, name, publicKey, playlist, enrolledAt: at, enrolledBy })
    await tx.update(kioskEnrolment).set({ kioskId: id }).where(eq(kioskEnrolment.code, code))
    await noteAct(tx, session.person.id, 'kiosk-approved', id, { unitId, playlist })
  })
  return { id }
}

/** Gives a screen another name. @throws WrongField `name`, Refusal `not-yours`, `closed`. */
export async function rename(session: Session, asked: { kiosk: string; name: string }): Promise<void> {
  const name = requireName(asked.name)
  await change(session, asked.kiosk, 'kiosk-renamed', { name })
}

/**
 * Takes a screen out of use: it is let in no more, its entries are refused, and at its next hello it empties itself.
 * @throws Refusal `not-yours`, `closed`.
 */
export async function revoke(session: Session, asked: { kiosk: string }): Promise<void> {
  const revoked = { revokedAt: now().toISOString(), revokedBy: session.person.id }
  await change(session, asked.kiosk, 'kiosk-revoked', revoked)
}

/** The kiosk of an administrator's units, with its unit. @throws Refusal `not-yours` */
export async function findKiosk(session: Session, id: string, db: Database = read) {
  const [found] = await db
    .select({ kiosk, unit: { name: unit.name, path: unit.path } })
    .from(kiosk)
    .innerJoin(unit, eq(unit.id, kiosk.unitId))
    .where(eq(kiosk.id, id))
  if (!found || !inScope(scopeOf(session, 'system-admin'), found.unit.path))
    throw new Refusal('not-yours', '没有找到这台大屏。', '它可能不在你管理的范围。')
  return found
}

async function change(session: Session, id: string, act: string, set: Partial<typeof kiosk.$inferInsert>) {
  await write(async (tx) => {
    const found = await findKiosk(session, id, tx)
    if (found.kiosk.revokedAt) throw new Refusal('closed', '这台大屏已经停用。', '要再用，请重新登记。')
    await tx.update(kiosk).set(set).where(eq(kiosk.id, id))
    await noteAct(tx, session.person.id, act, id)
  })
  forgetKiosk(id)
}

function requireName(given: string): string {
  const name = given.normalize('NFC').trim()
  if (name && name.length <= longestName) return name
  throw new WrongField('name', 'invalid', `名称要有1到${longestName}个字。`, '例如：村部大厅。')
}

async function requireWaiting(tx: Database, code: string, at: string): Promise<PublicKey> {
  const [row] = await tx.select().from(kioskEnrolment).where(eq(kioskEnrolment.code, code))
  if (row && !row.kioskId && row.expiresAt > at) return row.publicKey
  const message = row?.kioskId ? '这个登记码已经用过。' : '没有这个登记码，或者过了三十分钟。'
  throw new WrongField(
    'code',
    row?.kioskId ? 'already-done' : 'not-found',
    message,
    '请照屏幕上现在的登记码填写。',
  )
}

/** A key that is in use stands for one screen. */
async function requireNew(tx: Database, key: PublicKey) {
  const same = and(
    sql`json_extract(${kiosk.publicKey}, '$.x') = ${key.x}`,
    sql`json_extract(${kiosk.publicKey}, '$.y') = ${key.y}`,
    isNull(kiosk.revokedAt),
  )
  const [there] = await tx.select({ name: kiosk.name }).from(kiosk).where(same)
  if (!there) return
  const hint = '要重新登记，先停用原来的那台。'
  throw new WrongField('code', 'already-done', `这台机器已经登记为“${there.name}”。`, hint)
}

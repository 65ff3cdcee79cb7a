// What screens journalled of halls, brought where it belongs. Entries come in any order, days later, also twice: each only
// adds a fact, and hours are reckoned anew from all of them (reckon.server.ts).
import { and, eq } from 'drizzle-orm'
import { lessonById } from '#course/library.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { keepHands } from '#kiosk/hall/ask.server.ts'
import { confirmed, left, present, wrongly } from '#kiosk/hall/attendance.server.ts'
import { settleClaims } from '#kiosk/hall/claim.server.ts'
import { closeList } from '#kiosk/hall/confirm.server.ts'
import { locate, type Located } from '#kiosk/hall/find.server.ts'
import { hostOf, mayClose } from '#kiosk/hall/host.server.ts'
import { reckon } from '#kiosk/hall/reckon.server.ts'
import { longestHours } from '#kiosk/hall/stay.ts'
import type { Settle, Settled } from '#kiosk/intake/settled.ts'
import { checkSealedPin, type PinAnswer } from '#kiosk/visit/pin.server.ts'
import { keyAt, personByKey } from '#kiosk/visit/roster.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { orRefusal, Refusal } from '#refusal.ts'

const isoOf = (at: number) => new Date(at).toISOString()
const dayAt = (at: number) => dayOf(isoOf(at))

/** A session began at the screen: a new one, or one that was planned. */
export const settleOpened: Settle<'hall-opened'> = async ({ kiosk: kioskId, at, offline, body }) => {
  const { session: id, title, type: kind, agenda, secret } = body
  const host = await hostOf(kioskId, body.visit, dayAt(at))
  if (host.is !== 'host')
    return host.is === 'unknown' ? { state: 'waiting', about: body.visit } : noHost(id, host.why)
  const lesson = body.lesson === null ? null : await lessonById(body.lesson).catch(orRefusal)
  const edition = lesson === null || lesson instanceof Refusal ? null : lesson.edition
  const startsAt = isoOf(at)
  const inForce = await versionsInForce()
  const there = await write(async (tx) => {
    const found = await locate(tx, id)
    if (found && found.held.kioskId !== kioskId) return null
    // Whoever is not proved takes no planned session from its host.
    const hostId = host.proved ? host.personId : (found?.held.hostId ?? host.personId)
    const began = { state: 'open' as const, startsAt, hostId, offline, secret }
    if (!found)
      await tx.insert(hallSession).values({
        ...{
          id,
          unitId: host.unitId,
          kioskId,
          title,
          kind,
          agenda,
          lessonId: body.lesson,
          edition,
          ...began,
        },
      })
    else if (found.held.state === 'planned' || found.held.state === 'dropped')
      await tx.update(hallSession).set(began).where(eq(hallSession.id, id))
    // Another one's word would make those late who were there from the beginning.
    else if (startsAt < found.held.startsAt && host.proved && host.personId === found.held.hostId)
      await tx.update(hallSession).set({ startsAt }).where(eq(hallSession.id, id))
    if (host.proved) await present(tx, id, host.personId, { via: 'host', inAt: startsAt })
    await reckon(tx, id, inForce)
    return locate(tx, id)
  })
  if (!there) return { state: 'refused', reason: '这个编号是别处的一场，这一场不记。' }
  await settleClaims(there.held)
  await write((tx) => reckon(tx, id, inForce))
  return { state: 'settled', about: id }
}

const noHost = (about: string, why: string): Settled => ({ state: 'refused', reason: why, about })

/** The session of an entry at this kiosk; or that it has not arrived, or never will. */
async function sessionFor(kioskId: string, id: string): Promise<Located | Settled> {
  const found = await locate(read, id)
  if (found)
    return found.held.kioskId === kioskId ? found : { state: 'refused', reason: '这一场不在这台大屏上。' }
  return notOpened(kioskId, id)
}

/** Its opening has not arrived, or was refused. */
async function notOpened(kioskId: string, id: string): Promise<Settled> {
  const opening = and(
    ...[eq(kioskEntry.kioskId, kioskId), eq(kioskEntry.about, id)],
    ...[eq(kioskEntry.kind, 'hall-opened'), eq(kioskEntry.state, 'refused')],
  )
  const refused = await read.select({ id: kioskEntry.id }).from(kioskEntry).where(opening)
  return refused.length > 0
    ? { state: 'refused', reason: '这一场没有成立：主持人没有核对上。' }
    : { state: 'waiting', about: id }
}

/** What is said of a PIN that was not right. */
const pinWords: Record<Exclude<PinAnswer, 'right'>, string> = {
  wrong: '密码不对，没有签上。',
  locked: '密码错得太多，那天在这台大屏上锁住了，没有签上。',
  none: '还没有设大屏用的密码，没有签上。',
}

/** Somebody tapped a name and gave the PIN; checked now. */
export const settleIn: Settle<'hall-in'> = async ({ id: entry, kiosk: kioskId, at, body }) => {
  const id = body.session
  const found = await sessionFor(kioskId, id)
  if ('state' in found) return found
  const personId = await personByKey(kioskId, body.key, dayAt(at))
  if (personId === null) return { state: 'refused', reason: '名册里没有这个人，没有签上。', about: id }
  const decide = await checkSealedPin({ id: entry, kiosk: kioskId, at }, personId, body.pin)
  const inForce = await versionsInForce()
  return write(async (tx) => {
    const answer = await decide(tx)
    if (answer !== 'right') {
      await wrongly(tx, id, personId, pinWords[answer])
      return { state: 'refused', reason: pinWords[answer], about: id }
    }
    await present(tx, id, personId, { via: 'pin', inAt: isoOf(at) })
    await reckon(tx, id, inForce)
    return { state: 'settled', about: id }
  })
}

/** Somebody left before the end. */
export const settleOut: Settle<'hall-out'> = async ({ kiosk: kioskId, at, body }) => {
  const id = body.session
  const found = await sessionFor(kioskId, id)
  if ('state' in found) return found
  const personId = (await peopleBehind(kioskId, id, [body.key], dayAt(at)))[0]
  if (personId === undefined) return { state: 'refused', reason: '名册里没有这个人。', about: id }
  const inForce = await versionsInForce()
  await write(async (tx) => {
    await left(tx, id, personId, isoOf(at))
    await reckon(tx, id, inForce)
  })
  return { state: 'settled', about: id }
}

/** Hands were counted. */
export const settleCounted: Settle<'hall-counted'> = async ({ kiosk: kioskId, at, body }) => {
  const found = await sessionFor(kioskId, body.session)
  if ('state' in found) return found
  await write((tx) => keepHands(tx, body.session, body.item, body.counts, isoOf(at)))
  return { state: 'settled', about: body.session }
}

/** The host ended it and confirmed the list. He is confirmed with it; names without a check-in get nothing. */
export const settleClosed: Settle<'hall-closed'> = async ({ kiosk: kioskId, at, body }) => {
  const id = body.session
  const found = await sessionFor(kioskId, id)
  if ('state' in found) return found
  // Planned on a phone and held at the screen: its times are not known before its opening.
  if (found.held.state === 'planned') return notOpened(kioskId, id)
  const host = await hostOf(kioskId, body.visit, dayAt(at))
  if (host.is === 'unknown') return { state: 'waiting', about: body.visit }
  if (host.is === 'refused' || !(await mayClose(host.personId, found)))
    return noHost(id, '确认名单的不是主持人，名单没有确认。请主持人在手机上确认。')
  const people = await peopleBehind(kioskId, id, body.confirmed, dayAt(at))
  const inForce = await versionsInForce()
  return write(async (tx): Promise<Settled> => {
    const held = (await locate(tx, id))?.held
    if (!held || held.state === 'dropped') return { state: 'refused', reason: '这一场已经作罢。', about: id }
    const start = Date.parse(held.startsAt)
    const latest = start + longestHours * 3_600_000
    const endsAt = held.endsAt ?? isoOf(Math.min(Math.max(at, start), latest))
    const minutes = held.minutes ?? (body.minutes || null)
    const state = held.state === 'open' ? ('ended' as const) : held.state
    await tx.update(hallSession).set({ state, endsAt, minutes, asking: null }).where(eq(hallSession.id, id))
    if (!host.proved) return noHost(id, '主持人的密码没有核对上，名单还没有确认。请主持人在手机上确认。')
    for (const personId of new Set([host.personId, ...people]))
      await confirmed(tx, id, personId, host.personId)
    if (held.confirmedAt === null) {
      await closeList(tx, held, isoOf(at), body.headCount)
      const told = { confirmed: people.length, headCount: body.headCount }
      await noteAct(tx, host.personId, 'hall-confirmed', id, told)
    }
    await reckon(tx, id, inForce)
    return { state: 'settled', about: id }
  })
}

/** The people behind keys of a kiosk: of its roster on that day, and who else checked in by phone. */
async function peopleBehind(
  kioskId: string,
  id: string,
  keys: readonly string[],
  on: string,
): Promise<string[]> {
  const there = await read
    .select({ personId: hallAttendance.personId })
    .from(hallAttendance)
    .where(eq(hallAttendance.sessionId, id))
  const byKey = new Map(there.map(({ personId }) => [keyAt(kioskId, personId), personId]))
  const found = await Promise.all(keys.map(async (key) => byKey.get(key) ?? personByKey(kioskId, key, on)))
  return found.filter((personId) => personId !== null)
}

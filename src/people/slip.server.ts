// Slips of paper: an administrator prints one, its bearer sets password and PIN with it, once, within a week.
import { createHmac, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { grant, person, pin, slip } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { hashPin, hashSecret } from '#people/hash.server.ts'
import { addressGroup, forgive, perAccount, perAddress, perSecondFactor, take } from '#people/limit.server.ts'
import { setLogin } from '#people/login.server.ts'
import { tidyNumber } from '#people/number.ts'
import { passwordProblem, pinProblem } from '#people/password.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { isAdministrator, type Role, type Session } from '#people/session.ts'
import { forgetPerson } from '#people/session.server.ts'
import { signIn } from '#people/sign-in.server.ts'
import { readCode, writeCode } from '#people/slip-code.ts'
import type { SlipForm } from '#people/slip.ts'
import { carryCookies, headersOf, type Visit } from '#people/visit.server.ts'
import { Refusal } from '#refusal.ts'

const slipDays = 7

const hashOf = (code: string) =>
  createHmac('sha256', settings.secret).update(`slip:${code}`).digest('base64url')

/**
 * Makes a slip for a person; earlier ones of theirs no longer work. Only its hash is kept.
 * @param by person id of the administrator, or `theProcess` for a command on the server.
 * @returns the code to print, e.g. `7KQD-9M2X-4TRB`; the address is `/slip/<code>`.
 * @throws Refusal `not-found`, `closed`; `not-yours` for another administrator: who could print a slip for one
 *   could become one, and the three would no longer be separate.
 */
export async function makeSlip(personId: string, by: string): Promise<string> {
  const code = writeCode(randomBytes(12))
  await write(async (tx) => {
    await requireBearer(tx, personId, by)
    const at = now()
    const expiresAt = new Date(at.getTime() + slipDays * 86_400_000).toISOString()
    await tx.delete(slip).where(and(eq(slip.personId, personId), isNull(slip.usedAt)))
    await tx
      .insert(slip)
      .values({ codeHash: hashOf(code), personId, createdBy: by, createdAt: at.toISOString(), expiresAt })
    await noteAct(tx, by, 'slip-made', personId)
  })
  return code
}

async function requireBearer(tx: Database, personId: string, by: string) {
  const [bearer] = await tx.select().from(person).where(eq(person.id, personId))
  if (!bearer) throw new Refusal('not-found', '没有这个人。')
  if (bearer.closedAt) throw new Refusal('closed', '这个账号已经停用。', '请先恢复账号，再打印口令条。')
  const grants = await tx.select({ role: grant.role }).from(grant).where(eq(grant.personId, personId))
  if (by !== theProcess && grants.some(({ role }) => isAdministrator(role as Role)))
    throw new Refusal(
      'not-yours',
      '管理员的口令条不能由另一位管理员打印。',
      '请在服务器上运行 npm run admin:create。',
    )
}

const spent = () =>
  new Refusal(
    'closed',
    '这张口令条不对、已经用过，或者过了七天。',
    '请对照口令条再填一次，或请管理员重新打印一张。',
  )

async function requireTry(address: string) {
  if (await take(perAddress, addressGroup(address)))
    throw new Refusal('too-many', '试的次数太多。', '请过五分钟再试。')
}

const stillGood = (code: string) =>
  and(eq(slip.codeHash, hashOf(code)), isNull(slip.usedAt), gt(slip.expiresAt, now().toISOString()))

/**
 * Whose slip this is, for the page that greets them by name.
 * @throws Refusal `closed` if it is wrong, used or too old; `too-many`.
 */
export async function bearerOf(typed: string, address: string) {
  await requireTry(address)
  const code = readCode(typed)
  const [bearer] = code
    ? await read
        .select({ id: person.id, number: person.number, name: person.name })
        .from(slip)
        .innerJoin(person, eq(person.id, slip.personId))
        .where(and(stillGood(code), isNull(person.closedAt)))
    : []
  if (!bearer || !code) throw spent()
  return { code, person: bearer }
}

/** @throws WrongField if there is a problem. */
export function requireGood(field: string, problem: string | null) {
  if (problem) throw new WrongField(field, 'invalid', problem)
}

/**
 * Uses a slip: sets password and, if given, PIN; ends all sessions, the second factor and every lock of the account.
 * @returns the person's number, and whether they are an administrator, who goes on to set up a second factor.
 * @throws Refusal `closed`, `invalid` with what is wrong with password or PIN, `too-many`, `busy`.
 */
export async function useSlip(typed: string, password: string, newPin: string | null, address: string) {
  const bearer = await bearerOf(typed, address)
  const { id, number } = bearer.person
  requireGood('password', passwordProblem(password, number))
  if (newPin !== null) requireGood('pin', pinProblem(newPin, number))
  const hashes = { password: await hashSecret(password), pin: newPin === null ? null : await hashPin(newPin) }
  await write(async (tx) => {
    const at = now().toISOString()
    const used = await tx.update(slip).set({ usedAt: at }).where(stillGood(bearer.code)).returning()
    if (used.length === 0) throw spent()
    await setLogin(tx, id, number, hashes.password)
    if (hashes.pin) await storePin(tx, id, hashes.pin, at)
    await forgive(perAccount, tidyNumber(number), tx)
    await forgive(perSecondFactor, id, tx)
    await noteAct(tx, id, 'slip-used', id)
  })
  forgetPerson(id)
  const grants = await read.select({ role: grant.role }).from(grant).where(eq(grant.personId, id))
  return { number, administrator: grants.some(({ role }) => isAdministrator(role as Role)) }
}

/** Keeps a PIN's slow hash in place of the one before. */
export async function storePin(tx: Database, personId: string, hash: string, at: string): Promise<void> {
  await tx
    .insert(pin)
    .values({ personId, hash, setAt: at })
    .onConflictDoUpdate({ target: pin.personId, set: { hash, setAt: at, formerHash: pin.hash } })
}

/** The form of /slip: sets what the slip allows, then signs its bearer in. */
export async function useSlipByForm(_session: Session | null, form: SlipForm, visit: Visit) {
  const { number, administrator } = await useSlip(
    form.code,
    form.password,
    form.pin || null,
    visit.locals.address,
  )
  const { headers } = await signIn(number, form.password, false, headersOf(visit))
  carryCookies(headers, visit)
  return { next: administrator ? '/account/second-factor' : '/me' }
}

/** Deletes slips that were used or expired a month ago. */
export async function forgetOldSlips(tx: Database, at: Date): Promise<void> {
  await tx.delete(slip).where(lt(slip.expiresAt, new Date(at.getTime() - 30 * 86_400_000).toISOString()))
}

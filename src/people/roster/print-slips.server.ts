// A system administrator prints slips for people: each sets or resets a password and a PIN, once.
import { read } from '#db/database.server.ts'
import { settings } from '#env.ts'
import { findPerson, requireHome } from '#people/roster/find.server.ts'
import { requireNoAdministrator } from '#people/roster/account.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { makeSlip } from '#people/slip.server.ts'
import { Refusal } from '#refusal.ts'

/** What stands on one slip; the code is shown this once and kept nowhere. */
export type PrintedSlip = { number: string; name: string; code: string; address: string }

/** At most so many at one time: fifteen sheets of paper. */
export const mostSlips = 60

/**
 * Makes a slip for each person; earlier ones of theirs no longer work. All are checked before the first is made.
 * @throws Refusal if one is not found, closed, or an administrator.
 */
export async function printSlips(session: Session, personIds: string[]): Promise<PrintedSlip[]> {
  const ids = [...new Set(personIds)]
  if (ids.length === 0) throw new Refusal('invalid', '还没有选人。', '在名单里勾选要打印的人。')
  if (ids.length > mostSlips) throw new Refusal('invalid', `一次最多打印${mostSlips}张。`, '请分几次打印。')
  const people = await bearers(session, ids)
  const slips: PrintedSlip[] = []
  for (const { id, number, name } of people) {
    const code = await makeSlip(id, session.person.id)
    slips.push({ number, name, code, address: `${settings.origin}/slip/${code}` })
  }
  return slips
}

/** The people who may get a slip, in the order asked for. @throws Refusal. */
export async function bearers(session: Session, ids: string[]) {
  const scope = scopeOf(session, 'system-admin')
  const people = []
  for (const id of ids.slice(0, mostSlips)) people.push(requireHome(await findPerson(read, scope, id)))
  for (const found of people) {
    requireNoAdministrator(found, '打印口令条')
    if (found.closedAt)
      throw new Refusal('closed', `${found.name}的账号已停用。`, '先恢复账号，再打印口令条。')
  }
  return people
}

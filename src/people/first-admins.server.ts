// How a house gets its first administrators: a command on the server makes the root unit and three persons, and
// prints a one-time link for each. It is also the only way to a new link for an administrator.
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
import { grant, person, unit } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { personName } from '#people/roster/newcomer.ts'
import { kindOf, unitName } from '#people/roster/unit.ts'
import type { Role } from '#people/session.ts'
import { makeSlip } from '#people/slip.server.ts'
import { Refusal } from '#refusal.ts'

/** What `npm run admin:create` may be told. */
export const FirstAdmins = z.strictObject({
  /** Name of the root unit, if there is none yet. */
  unit: unitName.optional(),
  /** Names of the three persons. */
  system: personName.default('系统管理员'),
  security: personName.default('安全管理员'),
  audit: personName.default('审计管理员'),
  /** Number of an administrator who needs a new link. */
  reissue: z.string().optional(),
})
export type FirstAdmins = z.output<typeof FirstAdmins>

const kinds = ['system', 'security', 'audit'] as const

type Admin = { id: string; number: string; name: string; role: Role }

/** The command for a running server to register, and for the command line when none runs. */
export const adminCommands: Commands = {
  'admin:create': (args, say) => printLinks(args, say).catch(sayWhole),
}

async function printLinks(args: unknown, say: (line: string) => void): Promise<string> {
  const parsed = FirstAdmins.safeParse(args)
  if (!parsed.success)
    throw new Refusal('invalid', parsed.error.issues.map((issue) => issue.message).join(''))
  const { reissue } = parsed.data
  const admins = reissue === undefined ? await makeFirstAdmins(parsed.data) : [await findAdmin(reissue)]
  for (const admin of admins) {
    say(`${admin.name}（${admin.number}）：${settings.origin}/slip/${await makeSlip(admin.id, theProcess)}`)
  }
  return '每个链接七天内有效，只能用一次。请分别交给本人，由本人打开并设置密码。'
}

/** The socket carries a message only, so the hint joins it. */
function sayWhole(error: unknown): never {
  throw error instanceof Refusal ? new Error(`${error.message}${error.hint}`) : error
}

/** @throws Refusal if there are administrators already, or the root unit has no name. */
function makeFirstAdmins(wanted: FirstAdmins): Promise<Admin[]> {
  const admins = kinds.map((kind): Admin => {
    return { id: v7(), number: `admin-${kind}`, name: wanted[kind], role: `${kind}-admin` }
  })
  return write(async (tx) => {
    await requireNone(tx)
    const at = now().toISOString()
    const unitId = await rootUnit(tx, wanted.unit, at)
    await tx
      .insert(person)
      .values(admins.map(({ id, number, name }) => ({ id, number, name, createdAt: at })))
    const by = { unitId, grantedBy: theProcess, grantedAt: at }
    await tx.insert(grant).values(admins.map(({ id, role }) => ({ personId: id, role, ...by })))
    await noteAct(tx, theProcess, 'administrators-made', unitId, { persons: admins.map(({ id }) => id) })
    return admins
  })
}

const adminRoles = kinds.map((kind) => `${kind}-admin`)

async function requireNone(tx: Database) {
  const found = await tx
    .select({ number: person.number })
    .from(grant)
    .innerJoin(person, eq(person.id, grant.personId))
    .where(inArray(grant.role, adminRoles))
  if (found.length === 0) return
  const numbers = [...new Set(found.map((one) => one.number))].join('、')
  throw new Refusal(
    'already-done',
    `已经有管理员：${numbers}。`,
    '要给其中一位新的链接，请加 --reissue 工号。',
  )
}

async function rootUnit(tx: Database, name: string | undefined, at: string): Promise<string> {
  const [root] = await tx.select().from(unit).where(isNull(unit.parentId))
  if (root && (name === undefined || name === root.name)) return root.id
  if (root) throw new Refusal('already-done', `最上级单位已是“${root.name}”。`, '去掉 --unit 再运行。')
  if (name === undefined)
    throw new Refusal('invalid', '还没有最上级单位。', '请写出名称，例如 --unit 青溪县。')
  const id = v7()
  await tx
    .insert(unit)
    .values({ id, parentId: null, path: `/${id}/`, name, kind: kindOf(name), createdAt: at })
  return id
}

async function findAdmin(number: string): Promise<Admin> {
  const [found] = await read
    .select({ id: person.id, number: person.number, name: person.name, role: grant.role })
    .from(person)
    .innerJoin(grant, eq(grant.personId, person.id))
    .where(and(eq(person.number, number), inArray(grant.role, adminRoles), isNull(person.closedAt)))
  if (!found) throw new Refusal('not-found', `没有工号是“${number}”的管理员。`, '核对工号，大小写要一致。')
  return { ...found, role: found.role as Role }
}

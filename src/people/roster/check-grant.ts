// Who may be given or lose a role: nobody gives to himself, the three administrators are three people (三员分立),
// and no unit is left without an administrator of a kind.
import { isAdministrator, type Role } from '#people/session.ts'

/** How a role is called on the page. */
export const roleNames: Record<Role, string> = {
  learner: '学员',
  trainer: '教员',
  reviewer: '复核人',
  publisher: '发布人',
  officer: '培训管理员',
  reader: '组织查阅人',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
}

/** A role held by a person whose account is open, and the path of its unit. */
export type Holder = { personId: string; role: Role; path: string }

type Asked = { actorId: string; personId: string; role: Role; path: string }

/**
 * Why a role may not be given, in Chinese; null if it may.
 * @param held the roles that this person holds.
 */
export function refuseGrant(asked: Asked, held: Holder[]): string | null {
  if (asked.actorId === asked.personId) return '不能给自己授予角色。请另一位安全管理员来办。'
  const other = held.find((one) => isAdministrator(one.role) && one.role !== asked.role)
  if (!other || !isAdministrator(asked.role)) return null
  return `他已是${roleNames[other.role as Role]}。三类管理员要由三个人分别担任，请另选一人，或先收回原来的角色。`
}

/**
 * Why a role may not be taken away, in Chinese; null if it may.
 * @param holders everybody who holds this role, with open accounts only.
 */
export function refuseRevoke(asked: Asked, holders: Holder[]): string | null {
  if (!isAdministrator(asked.role)) return null
  const stays = (one: Holder) => !(one.personId === asked.personId && one.path === asked.path)
  if (holders.some((one) => one.role === asked.role && stays(one) && asked.path.startsWith(one.path)))
    return null
  return `他是这里最后一位${roleNames[asked.role]}。先授予另一个人，再收回他的。`
}

// The detail of a line of the audit log in words.
import { unitKindNames, type UnitKind } from '#people/roster/unit.ts'
import { roleNames } from '#people/roster/check-grant.ts'
import type { Role } from '#people/session.ts'

/** Names of units and persons by id, and of posts by id, as far as they are known. */
export type Names = { of: (id: string) => string; post: (id: string) => string }

type Detail = Record<string, unknown>

const role = (id: unknown) => roleNames[id as Role] ?? String(id)

/** A sentence for the page; empty if the act itself says all. */
export function sayDetail(act: string, detail: Detail, names: Names): string {
  const unit = () => names.of(String(detail['unitId']))
  if (act === 'unit-added')
    return `在${names.of(String(detail['parentId']))}下，${unitKindNames[detail['kind'] as UnitKind]}`
  if (act === 'person-added' || act === 'assignment-added') {
    const main = detail['main'] ? '主职' : '兼职'
    return `${unit()}，${names.post(String(detail['post']))}，${main}，从${String(detail['fromOn'])}起`
  }
  if (act === 'assignment-ended') return `到${String(detail['toOn'])}止`
  if (act === 'role-granted' || act === 'role-revoked') return `${unit()}，${role(detail['role'])}`
  if (['sitting-opened', 'kiosk-approved', 'notice-pushed'].includes(act)) return unit()
  if (act === 'dispute-settled') return detail['outcome'] === 'upheld' ? '成立' : '不成立'
  if (act.startsWith('document-')) return String(detail['reason'] ?? '')
  if (act === 'draft-not-published') return String(detail['why'])
  if (act === 'model-in-force') return String(detail['title'])
  if (act === 'items-sealed') return `${String(detail['items'])}道`
  if (/^hours-/.test(act)) return `${String(detail['rows'])}行，批次${String(detail['batch'])}`
  if (act === 'archive-downloaded')
    return `${detail['year'] === null ? '全部年度' : `${String(detail['year'])}年`}，${String(detail['people'])}人`
  if (act === 'account-closed') return sayRoles(detail['roles'])
  return act === 'roster-imported' ? sayCounts(detail['counts']) : ''
}

function sayRoles(roles: unknown): string {
  const all = Array.isArray(roles) ? (roles as { role: string }[]) : []
  return all.length > 0 ? `同时收回角色：${all.map((one) => role(one.role)).join('、')}` : ''
}

function sayCounts(counts: unknown): string {
  const {
    'add-person': people = 0,
    'add-assignment': further = 0,
    units = 0,
    error = 0,
  } = (counts ?? {}) as Record<string, number>
  return `新增${people}人，另加${further}个任职，新建${units}个单位，跳过${error}行`
}

/** The ids in a detail that names may be wanted for. */
export function idsIn(detail: Detail): string[] {
  return [detail['unitId'], detail['parentId']].filter((id) => typeof id === 'string')
}

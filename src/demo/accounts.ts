// Who can sign in to the demo, and what each of them is shown for.
import type { County, DemoUnit } from '#demo/county.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import { idsFrom } from '#demo/id.ts'
import type { DemoPerson } from '#demo/people.ts'
import { randomFor } from '#demo/random.ts'
import type { Role } from '#people/session.ts'

/** The password of every demo account. */
export const demoPassword = 'lianxue-demo'
/** The PIN of `learner` at the screens of the village hall. */
export const learnerPin = '628514'

/** A right that somebody is given. */
export type DemoGrant = { personId: string; role: Role; unit: DemoUnit }

/** A person without a post: the administrators are not cadres of the county. */
export type DemoAdministrator = { id: string; number: string; name: string }

const administrators: [string, string, Role][] = [
  ['admin', '系统管理员', 'system-admin'],
  ['security', '安全管理员', 'security-admin'],
  ['audit', '审计管理员', 'audit-admin'],
]

/** What each account shows, in the order in which they are printed. */
export const accountNotes: Record<string, string> = {
  learner: '村党组织书记兼村委会主任，看自己的学时、图谱和回执',
  officer: '白石镇的培训管理员，看本镇的人，转入别处的学时',
  officer2: '县委组织部的培训管理员，看全县的人，核准转入的学时',
  reader: '组织查阅人，看全县的人',
  admin: '系统管理员，管单位、人员、口令条和大屏',
  security: '安全管理员，管角色',
  audit: '审计管理员，看操作日志',
  trainer: '教员，在创作间写课文，看题库和题目统计，开监考场次，评简答题',
  trainer2: '另一位教员，核准别人出的题，评第二遍，和别人一起写稿',
  reviewer: '复审，审教员写的稿子',
  publisher: '终审，发布、撤展和退回以前的一版',
}

/** The administrators as persons. */
export function inventAdministrators(year: Year): DemoAdministrator[] {
  const makeId = idsFrom(randomFor('administrators'))
  const at = momentOf(year.firstOn, 8 * 60)
  return administrators.map(([number, name]) => ({ id: makeId(at), number, name }))
}

/** Every right in the county: those of the demo accounts, and a training officer in each township. */
export function inventGrants(
  county: County,
  people: readonly DemoPerson[],
  admins: readonly DemoAdministrator[],
): DemoGrant[] {
  const whole = {
    trainer: 'trainer',
    trainer2: 'trainer',
    reviewer: 'reviewer',
    publisher: 'publisher',
    reader: 'reader',
  } as const
  const ofAccounts = people.flatMap((person): DemoGrant[] => {
    const [own] = person.assignments
    if (person.number === 'learner' && own) return [{ personId: person.id, role: 'learner', unit: own.unit }]
    const role = whole[person.number as keyof typeof whole]
    return role ? [{ personId: person.id, role, unit: county.county }] : []
  })
  const ofAdmins = admins.map(({ id, number }): DemoGrant => {
    const role = administrators.find(([one]) => one === number)?.[2] ?? 'audit-admin'
    return { personId: id, role, unit: county.county }
  })
  const officers = [county.county, ...county.townships.map(({ township }) => township)].flatMap((unit) => {
    const officer = officerOf(people, unit)
    return officer ? [{ personId: officer.id, role: 'officer' as const, unit }] : []
  })
  return [...ofAccounts, ...officers, ...ofAdmins]
}

/** Who looks after training in a township or in the county: they approve hours and observe practice. */
export function officerOf(people: readonly DemoPerson[], keeper: DemoUnit): DemoPerson | undefined {
  const isOfficer = (one: DemoPerson) =>
    keeper.parentId === null
      ? one.number === 'officer2'
      : one.assignments.some(({ post, unit }) => post === 'party-affairs' && unit.id === keeper.id)
  return people.find((one) => one.keeper.id === keeper.id && isOfficer(one))
}

// Who may open what: the one table, of addresses here and of actions beside it (action-needs.ts). What is in neither does
// not exist for anybody; what one may not open looks as if it did not exist. What a person may then do to whom inside a
// unit, the feature checks again.
import { actionNeeds, needOfAction } from '#people/action-needs.ts'
import { isAdministrator, type Role, type Session } from '#people/session.ts'

/**
 * What an address asks of a person.
 * - `anyone`: the same for everybody, so it may be stored and shared; no session is looked up for it.
 * - `visitor`: open without signing in, but answered to one person; never stored.
 * - `newcomer`: signed in, the privacy notice perhaps not yet read.
 * - `signed-in`: signed in, and the current privacy notice read; so in everything below.
 * - `sees-person`: the person of the address, or officer or reader over a unit of one of that person's posts today.
 * - `observes-person`: trainer or officer over a unit of one of that person's posts today, and not that person.
 * - `observer`: trainer or officer over any unit.
 * - `studio`: trainer, reviewer or publisher over any unit; over the unit of a draft the studio checks again.
 * - `sees-unit`: officer, reader or trainer over the unit of the address.
 * - `administrator`: any of the three administrators, with a second factor.
 * - `people-admin`: system or security administrator, with a second factor; over the person of the address, if any.
 * - a role: whoever holds it over the unit of the address, or over any unit where the address names none;
 *   administrators with a second factor.
 */
export type Need =
  | 'anyone'
  | 'visitor'
  | 'newcomer'
  | 'signed-in'
  | 'sees-person'
  | 'observes-person'
  | 'observer'
  | 'studio'
  | 'sees-unit'
  | 'administrator'
  | 'people-admin'
  | Role

/** `METHOD /pattern`, in Astro's way of writing patterns. `[id]` below `/people/` is a person, below `/units/` a unit. */
const addresses: Record<string, Need> = {
  'GET /': 'anyone',
  'GET /courses': 'anyone',
  'GET /courses/[course]': 'anyone',
  // Before the lessons, whose pattern it fits too.
  'GET /courses/[course]/test': 'signed-in',
  'GET /courses/[course]/[lesson]': 'anyone',
  'GET /stories': 'anyone',
  'GET /stories/[story]': 'anyone',
  'GET /cases': 'anyone',
  'GET /cases/find': 'anyone',
  'GET /cases/[case]': 'anyone',
  'GET /lists': 'anyone',
  'GET /lists/[list]': 'anyone',
  'GET /capability': 'anyone',
  'GET /help': 'anyone',
  'GET /help/studio': 'anyone',
  'GET /help/kiosk': 'anyone',
  'GET /privacy': 'anyone',
  'GET /accessibility': 'anyone',
  'GET /channels': 'anyone',
  'GET /withdrawn': 'anyone',

  // Answered by the process before Astro.
  'GET /healthz': 'anyone',
  'GET /media/[...file]': 'anyone',
  'GET /_astro/[...file]': 'anyone',
  'GET /favicon.svg': 'anyone',
  'GET /robots.txt': 'anyone',
  'POST /csp-report': 'visitor',
  'POST /study/open': 'signed-in',
  'POST /study/state': 'signed-in',
  'POST /study/beat': 'signed-in',
  'POST /study/close': 'signed-in',
  'POST /study/visit': 'signed-in',
  'POST /study/answer': 'visitor',
  'POST /attempt/save': 'signed-in',
  'POST /attempt/next': 'signed-in',
  'POST /attempt/state': 'signed-in',

  // Screens of village halls; what they send proves itself by a signature or a token (src/kiosk/steps.server.ts).
  'GET /kiosk': 'anyone',
  'GET /kiosk-worker.js': 'anyone',
  'GET /kiosk/text/[document]': 'anyone',
  'GET /kiosk/pack/[...file]': 'visitor',
  'POST /kiosk/[...step]': 'visitor',
  // The same halls on the phone of a cadre.
  'GET /hall': 'signed-in',
  'GET /hall/in': 'signed-in',
  'GET /hall/carry': 'signed-in',
  'POST /hall/carry': 'signed-in',
  'GET /hall/agree/[code]': 'signed-in',
  'GET /hall/[session]': 'signed-in',
  'GET /hall/[session]/minutes': 'signed-in',

  'GET /sign-in': 'visitor',
  'GET /sign-in/second': 'visitor',
  'GET /sign-in/wait': 'visitor',
  'GET /slip': 'visitor',
  'GET /slip/[code]': 'visitor',
  'GET /search': 'visitor',
  'POST /looks': 'visitor',
  'GET /feedback': 'visitor',
  'POST /feedback': 'visitor',
  'GET /feedback/answers': 'anyone',
  'GET /feedback/[receipt]': 'visitor',
  'GET /api/auth/[...path]': 'visitor',
  'POST /api/auth/[...path]': 'visitor',

  'GET /account/notice': 'newcomer',
  'GET /account': 'signed-in',
  'GET /account/second-factor': 'signed-in',
  'GET /account/export': 'signed-in',
  'GET /me': 'signed-in',
  'GET /me/record': 'signed-in',
  'GET /me/receipts.json': 'signed-in',
  'GET /me/archive.csv': 'signed-in',
  'GET /me/archive.xlsx': 'signed-in',
  'GET /me/review': 'signed-in',
  'GET /me/statements.json': 'signed-in',
  'GET /practice/[indicator]': 'signed-in',
  'GET /assessments': 'signed-in',
  'GET /assessments/[assessment]': 'signed-in',
  'GET /assessments/[assessment]/attempt': 'signed-in',
  'GET /assessments/[assessment]/results': 'signed-in',
  'GET /assessments/[assessment]/sitting': 'trainer',
  'GET /items': 'trainer',
  // Before the items, whose pattern they fit too.
  'GET /items/new': 'trainer',
  'GET /items/import': 'trainer',
  'GET /items/grading': 'trainer',
  'GET /items/import/template.xlsx': 'trainer',
  'GET /items/export/[format]': 'trainer',
  // Sealed: a passphrase may not stand in an address.
  'POST /items/export/[format]': 'trainer',
  'GET /items/[item]': 'trainer',
  'GET /studio': 'studio',
  'GET /studio/new': 'trainer',
  'GET /studio/drafts/[draft]': 'studio',
  'GET /studio/drafts/[draft]/preview': 'studio',
  'GET /studio/drafts/[draft]/review': 'studio',
  'GET /studio/library': 'studio',
  'GET /studio/library/[document]': 'studio',
  'GET /studio/feedback': 'studio',
  'GET /studio/settings': 'publisher',
  'GET /studio/told': 'reviewer',
  'GET /studio/notices': 'publisher',
  // Of an open editor, answered by the process before Astro; a file comes as a stream.
  'POST /studio/open': 'studio',
  'POST /studio/save': 'studio',
  'POST /studio/look': 'studio',
  'POST /studio/file': 'studio',
  'GET /people': 'signed-in',
  'GET /people/[id]': 'sees-person',
  'GET /people/[id]/sheet': 'sees-person',
  'GET /people/[id]/map.csv': 'sees-person',
  'GET /people/[id]/map.xlsx': 'sees-person',
  'GET /people/[id]/map.json': 'sees-person',
  'GET /people/[id]/observe': 'observes-person',
  'GET /observe': 'observer',
  'GET /units': 'signed-in',
  'GET /units/[id]': 'sees-unit',
  'GET /units/[id]/report': 'sees-unit',
  'GET /units/[id]/merit': 'officer',
  'GET /units/[id]/map.csv': 'sees-unit',
  'GET /units/[id]/map.xlsx': 'sees-unit',
  'GET /units/[id]/map.json': 'sees-unit',

  'GET /admin': 'administrator',
  'GET /admin/people': 'people-admin',
  'GET /admin/people/[id]': 'people-admin',
  'GET /admin/units': 'system-admin',
  'GET /admin/import': 'system-admin',
  'GET /admin/import/template.csv': 'system-admin',
  'GET /admin/slips/print': 'system-admin',
  'GET /admin/model': 'system-admin',
  'GET /admin/model/[format]': 'system-admin',
  'GET /admin/status': 'system-admin',
  'GET /admin/kiosks': 'system-admin',
  'GET /admin/kiosks/[kiosk]': 'system-admin',
  'GET /admin/audit': 'audit-admin',
  'GET /admin/hours': 'officer',
  'GET /admin/hours/years': 'officer',
  'GET /admin/hours/import': 'officer',
  'GET /admin/hours/template.csv': 'officer',
  'GET /admin/hours/template.xlsx': 'officer',
  'GET /admin/hours/archive.csv': 'officer',
  'GET /admin/hours/archive.xlsx': 'officer',
  // Before the batches, whose pattern it fits too.
  'GET /admin/hours/import/wrong.csv': 'officer',
  'GET /admin/hours/import/[batch]': 'officer',
  'GET /admin/hours/disputes': 'officer',
}

/** A row of the table, and what an address names: a person or a unit, by id. */
export type Place = { pattern: string; need: Need; person?: string; unit?: string }

type Row = { method: string; pattern: string; shape: RegExp; need: Need }

const rows: Row[] = Object.entries(addresses).map(([address, need]) => {
  const [method = '', pattern = ''] = address.split(' ')
  const shape = pattern
    .replace(/[.*+?^$|()\\]/g, '\\$&')
    .replace(/\[\\\.\\\.\\\.(\w+)\]/g, '(?<$1>.+)')
    .replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')
  return { method, pattern, shape: new RegExp(`^${shape}$`), need }
})

function idIn(parameters: Record<string, string> | undefined, pattern: string) {
  const id = parameters?.['id']
  if (id === undefined) return {}
  return pattern.includes('/people/[id]')
    ? { person: id }
    : pattern.includes('/units/[id]')
      ? { unit: id }
      : {}
}

/**
 * What an address asks: the row of the table, or null if it is not in it. The path must be in its one spelling
 * (src/process/canonical-path.ts); any other is not in the table. HEAD asks what GET asks.
 */
export function needOf(method: string, pathname: string): Place | null {
  if (method === 'POST' && pathname.startsWith('/_actions/')) {
    const need = needOfAction(pathname.slice('/_actions/'.length))
    return need && { pattern: '/_actions/[...path]', need }
  }
  const asked = method === 'HEAD' ? 'GET' : method
  for (const row of rows) {
    const found = row.method === asked && row.shape.exec(pathname)
    if (found) return { pattern: row.pattern, need: row.need, ...idIn(found.groups, row.pattern) }
  }
  return null
}

/** What an address is about: a person, or the units that decide who is over them. */
export type Target = { personId?: string; unitPaths: string[] }

/** What holds in this house: whether it is a demo, and the privacy notice to be read. */
export type House = { demo: boolean; noticeVersion: string }

/** `open`, or why not; `hidden` is answered as if the address did not exist. */
export type Verdict = 'open' | 'signed-out' | 'notice-unread' | 'second-factor-missing' | 'hidden'

/** True if one of the roles holds over one of the units, or anywhere when there is no target. */
function holds(session: Session, wanted: (role: Role) => boolean, target: Target | null): boolean {
  return session.grants.some(
    ({ role, path }) => wanted(role) && (!target || target.unitPaths.some((unit) => unit.startsWith(path))),
  )
}

/** Which role fulfils a need. */
function wantedBy(need: Need): (role: Role) => boolean {
  if (need === 'sees-person') return (role) => role === 'officer' || role === 'reader'
  if (need === 'observes-person' || need === 'observer')
    return (role) => role === 'officer' || role === 'trainer'
  if (need === 'studio') return (role) => role === 'trainer' || role === 'reviewer' || role === 'publisher'
  if (need === 'sees-unit') return (role) => role === 'officer' || role === 'reader' || role === 'trainer'
  if (need === 'people-admin') return (role) => role === 'system-admin' || role === 'security-admin'
  return need === 'administrator' ? isAdministrator : (role) => role === need
}

function fulfils(session: Session, need: Need, target: Target | null): boolean {
  if (need === 'newcomer' || need === 'signed-in') return true
  const own = target?.personId === session.person.id
  if (need === 'sees-person' && own) return true
  if (need === 'observes-person' && own) return false
  const aboutSomebody = need === 'sees-person' || need === 'observes-person' || need === 'sees-unit'
  return (!aboutSomebody || target !== null) && holds(session, wantedBy(need), target)
}

const asksAdministrator = (need: Need) =>
  need === 'administrator' || need === 'people-admin' || isAdministrator(need as Role)

/** The rule behind the table. @param target null where the address names neither a person nor a unit. */
export function judge(session: Session | null, need: Need, target: Target | null, house: House): Verdict {
  if (need === 'anyone' || need === 'visitor') return 'open'
  if (!session) return 'signed-out'
  if (!fulfils(session, need, target)) return 'hidden'
  if (need !== 'newcomer' && session.noticeVersion !== house.noticeVersion) return 'notice-unread'
  if (asksAdministrator(need) && !session.secondFactor && !house.demo) return 'second-factor-missing'
  return 'open'
}

/** True if the address is open to this session. */
export function mayOpen(session: Session | null, need: Need, target: Target | null, house: House): boolean {
  return judge(session, need, target, house) === 'open'
}

/** Every address and action of the table, for the test that nothing was forgotten. */
export const declared = { addresses: Object.keys(addresses), actions: Object.keys(actionNeeds) }

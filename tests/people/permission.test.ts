// Role × address × place: who may open what, said here a second time and independently of the table.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { needOfAction } from '#people/action-needs.ts'
import { declared, judge, mayOpen, needOf, type House, type Target } from '#people/permission.ts'
import { roles, type Role, type Session } from '#people/session.ts'

const house: House = { demo: false, noticeVersion: '2026-11' }
const own = '/county/east/village/'
/** Where a role may be held, seen from the village of the person looked at. */
const places = {
  own,
  parent: '/county/east/',
  root: '/county/',
  child: '/county/east/village/group/',
  sibling: '/county/east/next/',
  other: '/county/west/',
  namesake: '/county/east/village2/',
}
type PlaceName = keyof typeof places
const above: PlaceName[] = ['own', 'parent', 'root']

function sessionWith(role: Role | null, place: PlaceName, more: Partial<Session> = {}): Session {
  return {
    id: 'x',
    person: { id: 'me', number: 'A001', name: '李青' },
    grants: role ? [{ role, unitId: place, path: places[place] }] : [],
    unitPaths: [own],
    secondFactor: true,
    noticeVersion: house.noticeVersion,
    ...more,
  }
}

const open = [
  'GET /',
  'GET /courses',
  'GET /courses/[course]',
  'GET /courses/[course]/[lesson]',
  'GET /stories',
  'GET /stories/[story]',
  'GET /cases',
  'GET /cases/find',
  'GET /cases/[case]',
  'GET /lists',
  'GET /lists/[list]',
  'GET /search',
  'GET /capability',
  'GET /help',
  'GET /help/studio',
  'GET /help/kiosk',
  'GET /kiosk',
  'GET /kiosk-worker.js',
  'GET /kiosk/text/[document]',
  'GET /kiosk/pack/[...file]',
  'POST /kiosk/[...step]',
  'GET /feedback/answers',
  'GET /feedback/[receipt]',
  'GET /privacy',
  'GET /accessibility',
  'GET /channels',
  'GET /withdrawn',
  'GET /healthz',
  'GET /media/[...file]',
  'GET /_astro/[...file]',
  'GET /favicon.svg',
  'GET /robots.txt',
  'GET /sign-in',
  'GET /sign-in/second',
  'GET /sign-in/wait',
  'GET /slip',
  'GET /slip/[code]',
  'GET /feedback',
  'POST /feedback',
  'POST /looks',
  'POST /csp-report',
  'POST /study/answer',
  'GET /api/auth/[...path]',
  'POST /api/auth/[...path]',
]
const ofAnyPerson = [
  // What one may do there depends on the session, which the feature checks.
  'GET /hall',
  'GET /hall/in',
  'GET /hall/carry',
  'POST /hall/carry',
  'GET /hall/agree/[code]',
  'GET /hall/[session]',
  'GET /hall/[session]/minutes',
  'GET /courses/[course]/test',
  'GET /me',
  'GET /me/record',
  'GET /me/review',
  'GET /me/statements.json',
  // As the people below: only those that the session may see.
  'GET /units',
  'GET /practice/[indicator]',
  'GET /assessments',
  'GET /assessments/[assessment]',
  'GET /assessments/[assessment]/attempt',
  'GET /assessments/[assessment]/results',
  // It lists only those whom the session may see, and is not there for who may see nobody.
  'GET /people',
  'GET /me/receipts.json',
  'GET /me/archive.csv',
  'GET /me/archive.xlsx',
  'GET /account',
  'GET /account/notice',
  'GET /account/second-factor',
  'GET /account/export',
  'POST /study/open',
  'POST /study/beat',
  'POST /study/close',
  'POST /study/state',
  'POST /study/visit',
  'POST /attempt/save',
  'POST /attempt/next',
  'POST /attempt/state',
]
const ofRole: Record<string, Role[]> = {
  'GET /observe': ['officer', 'trainer'],
  'GET /assessments/[assessment]/sitting': ['trainer'],
  'GET /items': ['trainer'],
  'GET /items/new': ['trainer'],
  'GET /items/import': ['trainer'],
  'GET /items/grading': ['trainer'],
  'GET /items/import/template.xlsx': ['trainer'],
  'GET /items/export/[format]': ['trainer'],
  'POST /items/export/[format]': ['trainer'],
  'GET /items/[item]': ['trainer'],
  'GET /studio': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/new': ['trainer'],
  'GET /studio/drafts/[draft]': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/drafts/[draft]/preview': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/drafts/[draft]/review': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/library': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/library/[document]': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/feedback': ['trainer', 'reviewer', 'publisher'],
  'GET /studio/settings': ['publisher'],
  'GET /studio/notices': ['publisher'],
  'GET /studio/told': ['reviewer'],
  'POST /studio/open': ['trainer', 'reviewer', 'publisher'],
  'POST /studio/save': ['trainer', 'reviewer', 'publisher'],
  'POST /studio/look': ['trainer', 'reviewer', 'publisher'],
  'POST /studio/file': ['trainer', 'reviewer', 'publisher'],
  'GET /admin': ['system-admin', 'security-admin', 'audit-admin'],
  'GET /admin/people': ['system-admin', 'security-admin'],
  'GET /admin/units': ['system-admin'],
  'GET /admin/model': ['system-admin'],
  'GET /admin/model/[format]': ['system-admin'],
  'GET /admin/status': ['system-admin'],
  'GET /admin/kiosks': ['system-admin'],
  'GET /admin/kiosks/[kiosk]': ['system-admin'],
  'GET /admin/import': ['system-admin'],
  'GET /admin/import/template.csv': ['system-admin'],
  'GET /admin/slips/print': ['system-admin'],
  'GET /admin/audit': ['audit-admin'],
  'GET /admin/hours': ['officer'],
  'GET /admin/hours/years': ['officer'],
  'GET /admin/hours/import': ['officer'],
  'GET /admin/hours/import/[batch]': ['officer'],
  'GET /admin/hours/import/wrong.csv': ['officer'],
  'GET /admin/hours/template.csv': ['officer'],
  'GET /admin/hours/template.xlsx': ['officer'],
  'GET /admin/hours/archive.csv': ['officer'],
  'GET /admin/hours/archive.xlsx': ['officer'],
  'GET /admin/hours/disputes': ['officer'],
}
/** Only over the person or the unit of the address. */
const ofPerson: Record<string, Role[]> = {
  'GET /people/[id]': ['officer', 'reader'],
  'GET /people/[id]/sheet': ['officer', 'reader'],
  'GET /people/[id]/map.csv': ['officer', 'reader'],
  'GET /people/[id]/map.xlsx': ['officer', 'reader'],
  'GET /people/[id]/map.json': ['officer', 'reader'],
  'GET /people/[id]/observe': ['officer', 'trainer'],
  'GET /units/[id]': ['officer', 'reader', 'trainer'],
  'GET /units/[id]/report': ['officer', 'reader', 'trainer'],
  'GET /units/[id]/merit': ['officer'],
  'GET /units/[id]/map.csv': ['officer', 'reader', 'trainer'],
  'GET /units/[id]/map.xlsx': ['officer', 'reader', 'trainer'],
  'GET /units/[id]/map.json': ['officer', 'reader', 'trainer'],
  'GET /admin/people/[id]': ['system-admin', 'security-admin'],
}
const openActions = ['signIn', 'giveSecondFactor', 'useSlip', 'answer']
const actionsOfAnyPerson = [
  'planSession',
  'openSession',
  'dropSession',
  'endSession',
  'checkIn',
  'checkOut',
  'writeIn',
  'agreeVisit',
  'askHall',
  'answerInHall',
  'countHands',
  'confirmSession',
  'takeOffList',
  'keepMinutes',
  'takeCourseTest',
  'startAttempt',
  'answerAttempt',
  'handInAttempt',
  'signOut',
  'acceptNotice',
  'changePassword',
  'setPin',
  'beginSecondFactor',
  'confirmSecondFactor',
  'stopSecondFactor',
  'renewBackupCodes',
  'dispute',
  'wantSuggestions',
]
const actionsOfRole: Record<string, Role[]> = {
  observe: ['officer', 'trainer'],
  takeBackObservation: ['officer', 'trainer'],
  settleDispute: ['officer'],
  closeYear: ['officer'],
  checkYear: ['officer'],
  uploadHours: ['officer'],
  storeHours: ['officer'],
  approveHours: ['officer'],
  undoHours: ['officer'],
  writeItem: ['trainer'],
  approveItem: ['trainer'],
  retireItem: ['trainer'],
  confirmPassage: ['trainer'],
  settleItemConflict: ['trainer'],
  takeItems: ['trainer'],
  mendItems: ['trainer'],
  enterItems: ['trainer'],
  openSitting: ['trainer'],
  closeSitting: ['trainer'],
  grantExtraTime: ['trainer'],
  endExtraTime: ['trainer'],
  giveMark: ['trainer'],
  reviseMark: ['trainer'],
  startDraft: ['trainer'],
  startDraftOf: ['trainer'],
  saveDraft: ['trainer', 'reviewer', 'publisher'],
  dropDraft: ['trainer'],
  handIn: ['trainer'],
  giveReading: ['trainer', 'reviewer', 'publisher'],
  remarkOn: ['trainer', 'reviewer', 'publisher'],
  settleRemark: ['trainer', 'reviewer', 'publisher'],
  publishDraft: ['publisher'],
  scheduleDraft: ['publisher'],
  withdrawDocument: ['publisher'],
  restoreDocument: ['publisher'],
  rollBackDocument: ['publisher'],
  settleFileConflict: ['publisher'],
  setReadings: ['publisher'],
  setWatchedWords: ['publisher'],
  answerFeedback: ['trainer', 'reviewer', 'publisher'],
  pushNotice: ['publisher'],
  endNotice: ['publisher'],
  reviewTold: ['reviewer'],
  takeDownTold: ['reviewer'],
  setMerit: ['officer'],
  endMerit: ['officer'],
  enterDeed: ['officer'],
  takeBackDeed: ['officer'],
  approveKiosk: ['system-admin'],
  renameKiosk: ['system-admin'],
  setKioskPlaylist: ['system-admin'],
  revokeKiosk: ['system-admin'],
  uploadModel: ['system-admin'],
  putModelInForce: ['system-admin'],
  addUnit: ['system-admin'],
  addPerson: ['system-admin'],
  correctName: ['system-admin'],
  assign: ['system-admin'],
  endAssignment: ['system-admin'],
  closeAccount: ['system-admin'],
  reopenAccount: ['system-admin'],
  printSlips: ['system-admin'],
  uploadRoster: ['system-admin'],
  importRoster: ['system-admin'],
  grantRole: ['security-admin'],
  revokeRole: ['security-admin'],
}

test('this test speaks of every address and action of the table', () => {
  expect([...open, ...ofAnyPerson, ...Object.keys(ofPerson), ...Object.keys(ofRole)].toSorted()).toEqual(
    declared.addresses.toSorted(),
  )
  expect([...openActions, ...actionsOfAnyPerson, ...Object.keys(actionsOfRole)].toSorted()).toEqual(
    declared.actions.toSorted(),
  )
})

const exampleOf = (pattern: string) =>
  pattern
    .replace('[...file]', 'a/b.png')
    .replace('[...path]', 'sign-out')
    .replace('[id]', 'somebody')
    .replace(/\[\w+\]/g, 'x')

/** The verdict on one who looks at a person of the village, whatever address they open. */
function opens(session: Session | null, address: string): boolean {
  const [method = '', pattern = ''] = address.split(' ')
  const place = needOf(method, exampleOf(pattern))
  if (!place || place.pattern !== pattern) throw new Error(`${address} was not found as itself.`)
  const target: Target | null = place.person
    ? { personId: place.person, unitPaths: [own] }
    : place.unit
      ? { unitPaths: [own] }
      : null
  return mayOpen(session, place.need, target, house)
}

test('without signing in, only what is for everybody is open', () => {
  for (const address of declared.addresses) expect(opens(null, address), address).toBe(open.includes(address))
  for (const name of declared.actions) {
    const need = needOfAction(name)
    expect(need && mayOpen(null, need, null, house), name).toBe(openActions.includes(name))
  }
})

test.each([null, ...roles])('%s opens exactly what this role may, from wherever it is held', (role) => {
  for (const place of Object.keys(places) as PlaceName[]) {
    const session = sessionWith(role, place)
    for (const address of declared.addresses) {
      const expected =
        open.includes(address) ||
        ofAnyPerson.includes(address) ||
        (role !== null && (ofRole[address]?.includes(role) ?? false)) ||
        (role !== null && (ofPerson[address]?.includes(role) ?? false) && above.includes(place))
      expect(opens(session, address), `${role} at ${place}: ${address}`).toBe(expected)
    }
    for (const name of declared.actions) {
      const need = needOfAction(name)
      const expected =
        openActions.includes(name) ||
        actionsOfAnyPerson.includes(name) ||
        (role !== null && (actionsOfRole[name]?.includes(role) ?? false))
      expect(need && mayOpen(session, need, null, house), `${role}: ${name}`).toBe(expected)
    }
  }
})

test('what one may not open is hidden, not forbidden', () => {
  expect(
    judge(sessionWith('trainer', 'own'), 'sees-person', { personId: 'x', unitPaths: [own] }, house),
  ).toBe('hidden')
  expect(
    judge(sessionWith('officer', 'sibling'), 'sees-person', { personId: 'x', unitPaths: [own] }, house),
  ).toBe('hidden')
  expect(judge(sessionWith('security-admin', 'root'), 'system-admin', null, house)).toBe('hidden')
})

test('one’s own page is open without any role, and to nobody who merely shares the village', () => {
  const mine = { personId: 'me', unitPaths: [] }
  expect(judge(sessionWith(null, 'own'), 'sees-person', mine, house)).toBe('open')
  expect(judge(sessionWith(null, 'own'), 'sees-person', { personId: 'x', unitPaths: [own] }, house)).toBe(
    'hidden',
  )
})

test('nobody observes himself, whatever he is', () => {
  const mine = { personId: 'me', unitPaths: [own] }
  for (const role of roles)
    expect(judge(sessionWith(role, 'root'), 'observes-person', mine, house)).toBe('hidden')
})

test('an officer sees who holds one of several posts in his township, and nobody who left it', () => {
  const officer = sessionWith('officer', 'parent')
  expect(judge(officer, 'sees-person', { personId: 'x', unitPaths: ['/county/west/a/', own] }, house)).toBe(
    'open',
  )
  expect(judge(officer, 'sees-person', { personId: 'x', unitPaths: [] }, house)).toBe('hidden')
})

test('an administrator’s role holds over the unit of the address and below it', () => {
  const at = (place: PlaceName) =>
    judge(sessionWith('system-admin', place), 'system-admin', { unitPaths: [own] }, house)
  expect((Object.keys(places) as PlaceName[]).filter((place) => at(place) === 'open')).toEqual(above)
})

test('the three administrators need a second factor, the others do not, and the demo lets it be', () => {
  for (const role of roles) {
    const bare = sessionWith(role, 'root', { secondFactor: false })
    const admin = role.endsWith('-admin')
    expect(judge(bare, role, null, house)).toBe(admin ? 'second-factor-missing' : 'open')
    expect(judge(bare, role, null, { ...house, demo: true })).toBe('open')
    expect(judge(bare, 'signed-in', null, house)).toBe('open')
    expect(judge(bare, 'administrator', null, house)).toBe(admin ? 'second-factor-missing' : 'hidden')
  }
})

test('before the notice is read nothing personal opens but the notice itself and the way out', () => {
  const newcomer = sessionWith('officer', 'root', { noticeVersion: null })
  const reader = sessionWith('officer', 'root', { noticeVersion: '2025-01' })
  for (const session of [newcomer, reader]) {
    expect(judge(session, 'newcomer', null, house)).toBe('open')
    expect(judge(session, 'signed-in', null, house)).toBe('notice-unread')
    expect(judge(session, 'sees-person', { personId: 'x', unitPaths: [own] }, house)).toBe('notice-unread')
    expect(judge(session, 'system-admin', null, house)).toBe('hidden')
    expect(judge(session, 'anyone', null, house)).toBe('open')
  }
  expect(declared.actions.filter((name) => needOfAction(name) === 'newcomer')).toEqual([
    'signOut',
    'acceptNotice',
  ])
})

test('an address that is not in the table does not exist, in any spelling', () => {
  for (const path of [
    '/admin/',
    '/admin/people/',
    '/Admin/people',
    '/admin//people',
    '/admin/people/x/y',
    '/%61dmin/people',
    '/admin%2Fpeople',
    '/admin/people;x',
    '/./admin/people',
    '/peoples',
    '/people/a/b',
    '/me/',
    '/healthz/x',
    '',
    'me',
    '/_actions/signIn',
    '/constructor',
    '/__proto__',
  ]) {
    expect(needOf('GET', path), path).toBeNull()
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get'])
    expect(needOf(method, '/me'), method).toBeNull()
  expect(needOf('HEAD', '/me')).toEqual(needOf('GET', '/me'))
  for (const name of ['', 'toString', 'constructor', '__proto__', 'signIn/x', 'signin']) {
    expect(needOfAction(name), name).toBeNull()
    expect(needOf('POST', `/_actions/${name}`), name).toBeNull()
  }
  expect(needOf('POST', '/_actions/setPin')).toEqual({ pattern: '/_actions/[...path]', need: 'signed-in' })
})

const source = join(import.meta.dirname, '../../src')

/** `METHOD /pattern` of a file in src/pages, as Astro's router names it. */
function addressesOf(file: string): string[] {
  const pattern = `/${file.replace(/\.(astro|ts|mdx?|js)$/, '').replace(/(^|\/)index$/, '')}`
  if (!file.endsWith('.ts')) return [`GET ${pattern}`]
  const text = readFileSync(join(source, 'pages', file), 'utf8')
  const methods = [
    ...text.matchAll(/export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE|ALL)\b/g),
  ].map((m) => m[1])
  return methods
    .flatMap((method) => (method === 'ALL' ? ['GET', 'POST'] : [method]))
    .map((method) => `${method} ${pattern}`)
}

test('every page and endpoint is in the table', () => {
  const files = readdirSync(join(source, 'pages'), { recursive: true, encoding: 'utf8' })
  const found = files
    .filter((file) => /\.\w+$/.test(file) && !/^(404|500)\.|(^|\/)_/.test(file))
    .flatMap(addressesOf)
  const forgotten = found.filter((address) => !declared.addresses.includes(address))
  expect(forgotten, '在 src/people/permission.ts 里写明这些地址谁能打开').toEqual([])
})

test('every action is in the table, and the table has no other', () => {
  const text = readFileSync(join(source, 'actions/index.ts'), 'utf8')
  const body = text.slice(text.indexOf('export const server'))
  const names = [...body.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1] as string)
  expect(
    names.filter((name) => !declared.actions.includes(name)),
    '在 src/people/permission.ts 里写明',
  ).toEqual([])
  expect(declared.actions.filter((name) => !names.includes(name))).toEqual([])
})

// Who is signed in, and what they may do. Read from the session cache; holds nothing that must stay secret.
import { Refusal } from '#refusal.ts'

/** The closed list of roles; three separate administrators (三员分立). */
export const roles = [
  'learner',
  'trainer',
  'reviewer',
  'publisher',
  'officer',
  'reader',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const
export type Role = (typeof roles)[number]

const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** True for the three roles that must give a second factor. */
export function isAdministrator(role: Role): boolean {
  return administrators.includes(role)
}

/** A right: the role holds for the unit at `path` and all units below it. */
export type Grant = { role: Role; unitId: string; path: string }

export type Session = {
  /** Hash of the token, safe to log. */
  id: string
  person: { id: string; number: string; name: string }
  grants: Grant[]
  /** Paths of the units in which the person holds a post today. */
  unitPaths: string[]
  /** True once a second factor was given in this session. */
  secondFactor: boolean
  /** Version of the privacy notice that was read, or null. */
  noticeVersion: string | null
}

/** The session where the permission table asks for one. @throws Refusal `signed-out`. */
export function requireSession(session: Session | null): Session {
  if (!session) throw new Refusal('signed-out', '请先登录。')
  return session
}

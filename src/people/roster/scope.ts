// Where an administrator may act: the units of the grants of one role, and all units below them.
import { Refusal } from '#refusal.ts'
import type { Role, Session } from '#people/session.ts'

/** Paths of the units for which a session holds one of the roles; what lies under another path is left out. */
export function scopeOf(session: Session, ...roles: Role[]): string[] {
  const paths = session.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.path)
  const isTop = (path: string) => !paths.some((other) => other !== path && path.startsWith(other))
  return [...new Set(paths)].filter(isTop).sort()
}

/** True if a unit's path lies in the scope. */
export const inScope = (scope: string[], path: string) => scope.some((one) => path.startsWith(one))

/** True if the scope holds a root, and so everybody. */
export const isWhole = (scope: string[]) => scope.some((path) => path.split('/').length === 3)

/** Which of the three administrators' work a session may do anywhere. */
export function dutiesOf(session: Session): { roster: boolean; roles: boolean; audit: boolean } {
  const has = (role: Role) => session.grants.some((grant) => grant.role === role)
  return { roster: has('system-admin'), roles: has('security-admin'), audit: has('audit-admin') }
}

type Place = { path: string; toOn: string | null; main: boolean }

/**
 * The units whose administrators answer for a person: those of today's and coming posts; if there are none, those
 * that ended last; if there never was one (the administrators themselves), those of the grants.
 */
export function placesOf(posts: Place[], grantPaths: string[], today: string): string[] {
  return posts.length > 0 ? lastingPosts(posts, today).map((post) => post.path) : grantPaths
}

/** The places of the main post, whose administrators answer for the account itself; without a main post, all. */
export function homesOf(posts: Place[], grantPaths: string[], today: string): string[] {
  const mains = lastingPosts(posts, today).filter((post) => post.main)
  return placesOf(mains.length > 0 ? mains : posts, grantPaths, today)
}

function lastingPosts<Post extends Place>(posts: Post[], today: string): Post[] {
  const lastDay = posts
    .map((post) => post.toOn ?? '9999')
    .reduce((last, day) => (day > last ? day : last), '')
  const since = lastDay < today ? lastDay : today
  return posts.filter((post) => (post.toOn ?? '9999') >= since)
}

/** True if an administrator with this scope answers for a person with these places. */
export function answersFor(scope: string[], places: string[]): boolean {
  return isWhole(scope) || places.some((path) => inScope(scope, path))
}

/** What is outside the scope does not exist for this administrator. */
export function outside(what: '单位' | '人' | '任职'): Refusal {
  return new Refusal('not-yours', `没有找到这个${what}。`, '它可能不在你管理的范围。')
}

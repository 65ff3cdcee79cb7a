// Which figures of a unit somebody sees: those of now, or those published each quarter.
import type { Session } from '#people/session.ts'

/** `live`: the figures of now, and persons; `published`: those of the last quarter only. */
export type Sight = 'live' | 'published'

/**
 * Officers and readers over a unit see the figures of now; who is only trainer over it sees what was published, because
 * from one day to the next two sums could tell of one person.
 * @param path of the unit. @returns null for who has no business there.
 */
export function sightOf({ grants }: Pick<Session, 'grants'>, path: string): Sight | null {
  const over = grants.filter((grant) => path.startsWith(grant.path)).map(({ role }) => role)
  if (over.includes('officer') || over.includes('reader')) return 'live'
  return over.includes('trainer') ? 'published' : null
}

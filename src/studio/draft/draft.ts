// A draft as its writers and readers have it, and who may do what with it.
import type { draft } from '#db/schema/studio.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import type { Role, Session } from '#people/session.ts'
import type { Signature } from '#studio/reading/reading.ts'

export type DraftRow = typeof draft.$inferSelect
export type DraftKind = DraftRow['kind']

export const kindNames: Record<DraftKind, string> = { lesson: '课文', story: '故事', case: '案例' }

/** A draft with who wrote in it and what was said of it. */
export type Draft = DraftRow & {
  /** Of its unit. */
  unitPath: string
  unitName: string
  /** Everybody who has written in it, the first first. */
  writers: { id: string; name: string }[]
  /** Oldest first; `name` of the person. */
  readings: (Signature & { id: string; name: string; text: string | null; at: string })[]
}

const writingRoles: readonly Role[] = ['trainer', 'reviewer', 'publisher']

/** Roles of writing that a session holds over a unit. */
export function rolesOver(session: Session, unitPath: string): ReadonlySet<Role> {
  return new Set(writingRoles.filter((role) => inScope(scopeOf(session, role), unitPath)))
}

type Seen = { unitPath: string; writers: readonly { id: string }[] }

const wrote = (session: Session, { writers }: Seen) => writers.some(({ id }) => id === session.person.id)

/** Own drafts, and those of the units over which one writes, reads or publishes. */
export const maySee = (session: Session, draft: Seen): boolean =>
  wrote(session, draft) || rolesOver(session, draft.unitPath).size > 0

/** Whoever began it and the trainers of its unit. */
export const mayWrite = (session: Session, draft: Seen): boolean =>
  wrote(session, draft) || rolesOver(session, draft.unitPath).has('trainer')

// Who may take a document from readers, show it again or go back to an older revision of it.
import { inScope, isWhole, scopeOf } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/**
 * True for a publisher over the unit of a document.
 * @param unitPath null for a document of the whole county, such as every file of the library
 */
export function publishesFor(session: Session, unitPath: string | null): boolean {
  const scope = scopeOf(session, 'publisher')
  return unitPath === null ? isWhole(scope) : inScope(scope, unitPath)
}

/** @throws Refusal for whoever does not publish for that unit. */
export function requirePublisher(session: Session, unitPath: string | null) {
  if (publishesFor(session, unitPath)) return
  const whose = unitPath === null ? '全县的' : '写它的单位的'
  throw new Refusal('not-yours', `这份内容由${whose}发布人撤展和展出，没有改动。`, '要撤展请联系发布人。')
}

// What an entry is about: entries about the same thing are settled one after another, in the order of their numbers.
import type { EntryBody } from '#kiosk/entry-body.ts'

/** Id of a hall session, a visit or a story; null for what stands alone. */
export function subjectOf(body: EntryBody): string | null {
  if ('session' in body) return body.session
  if ('visit' in body) return body.visit
  return 'story' in body ? body.story : null
}

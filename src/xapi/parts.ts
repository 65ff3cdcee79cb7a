// What statements of several kinds are made of.
import { v5, validate } from 'uuid'
import type { Agent, Context, Score, StatementRef } from '#xapi/shape.ts'
import { activity } from '#xapi/vocabulary.ts'

/** A person: an account of the site, by the opaque id. */
export const agent = (homePage: string, name: string): Agent => ({
  objectType: 'Agent',
  account: { homePage, name },
})
/** Another statement. */
export const ref = (id: string): StatementRef => ({ objectType: 'StatementRef', id })

/** An attempt's id, which must be a UUID here; one that is none gives always the same. */
export const registration = (attempt: string) =>
  validate(attempt) ? attempt : v5(attempt.toWellFormed(), v5.URL)

/** To a hundredth of a second, as the standard compares durations. */
export const duration = (length: number) => `PT${Math.round(Math.max(0, length) * 100) / 100}S`

/** Points as a score; none where there was nothing to get. */
export function score(earned: number, possible: number): { score?: Score } {
  if (possible <= 0) return {}
  const raw = Math.min(earned, possible)
  return { score: { scaled: Math.round((raw / possible) * 10_000) / 10_000, raw, min: 0, max: possible } }
}

/** An edition of a lesson: another one is another thing to learn. */
export const lessonOf = (
  origin: string,
  { lesson, edition }: { lesson: string; edition: number },
  name?: string,
) => activity(origin, 'lesson', [lesson, edition], name ? { name } : {})
/** The wording that was studied. */
export const revisionOf = ({ revision }: { revision: string }): Context => ({ revision })
/** What an answer or observation is evidence for. */
export const indicatorOf = (origin: string, id: string) => activity(origin, 'indicator', [id])

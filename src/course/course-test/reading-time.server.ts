// Keeps in memory since when a person has had a paper before them: it can be handed in once it could be read. A restart
// forgets it; then the paper comes back with its answers, and the time runs from there.
import type { Paper } from '#course/course-test/paper.ts'
import { readingSeconds } from '#quiz/pace.ts'

/** ms since 1970 by person, course and mark of the paper. */
const shown = new Map<string, number>()
const mostKept = 20_000

/** Notes that a paper is shown to somebody; only the first time counts. @returns that time, ms since 1970. */
export function showPaper(person: string, course: string, { mark }: Pick<Paper, 'mark'>, at: number): number {
  const key = `${person} ${course} ${mark}`
  const first = shown.get(key)
  if (first !== undefined) return first
  shown.set(key, at)
  if (shown.size > mostKept) shown.delete(shown.keys().next().value ?? '')
  return at
}

/**
 * Seconds that this person should still read before handing in, 0 if the paper may be graded now. Who never had it
 * shown begins now.
 */
export function secondsToRead(
  person: string,
  course: string,
  paper: Pick<Paper, 'mark' | 'questions'>,
  at: number,
): number {
  const reading = paper.questions.reduce((sum, question) => sum + readingSeconds(question), 0)
  const since = showPaper(person, course, paper, at)
  // To the millisecond of the clocks: sums of fractions are never exact.
  return Math.max(0, Math.ceil(reading - (at - since) / 1000 - 0.001))
}

/** Forgets all of it, as a restart does. */
export const forgetShown = () => shown.clear()

// When somebody may take the test of a course (again).
import { dayAfter, dayOf, yearOf } from '#day.ts'
import { passes } from '#record/hours/credit-test.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'

/** Days from one try to the next, so that the test is prepared for and not guessed at. */
export const waitDays = 14

/**
 * The first day of the next try after this one: two weeks later, and after a pass not before the next year, in which
 * the lessons can be credited again.
 */
export function nextTryOn(tested: Recorded<EventOf<'course-tested'>>): string {
  const waited = dayAfter(dayOf(tested.effectiveAt), waitDays)
  const newYear = `${yearOf(tested.effectiveAt) + 1}-01-01`
  return passes(tested) && newYear > waited ? newYear : waited
}

// What an attempt tells the record.
import type { GradedRow } from '#assessment/attempt/grade-row.ts'
import type { Result } from '#assessment/attempt/result.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Answer, Item } from '#quiz/question.ts'
import type { EventOf } from '#record/events/event.ts'

/** The attempt that an event is of. */
export type OfAttempt = { id: string; personId: string; blueprint: Pick<Blueprint, 'supervised'> }

/** An answer that was graded, by rule or by people; points 0 ≤ earned ≤ possible. */
export type GradedAnswer = { item: Item; answer: Answer; earned: number; possible: number }

/** A graded answer as an event: evidence as of any test, weighing more where somebody watched. */
export function answerEvent(
  { id: attempt, personId, blueprint }: OfAttempt,
  { item, answer, earned, possible }: GradedAnswer,
  about: { id: string; at: string },
): EventOf<'question-answered'> {
  const walked = item.kind === 'scenario' || item.kind === 'procedure'
  return {
    kind: 'question-answered',
    ...about,
    ...{ person: personId, attempt, lesson: null, edition: null },
    ...{ item: item.id, itemRevision: item.revision },
    ...(walked ? { itemKind: item.kind } : {}),
    mode: blueprint.supervised ? 'supervised' : 'test',
    ...{ answer, earned, possible },
    ...{ indicator: item.indicator, difficulty: item.difficulty, guessing: guessing(item) },
  }
}

/** What of a graded row becomes an event: neither blank nor withdrawn nor still waiting. */
export const gradedAnswerOf = ({ item, answer, earned, possible }: GradedRow): GradedAnswer | null =>
  answer !== null && earned !== null && possible !== null ? { item, answer, earned, possible } : null

/** The attempt as a whole. */
export function handedInEvent(
  attempt: OfAttempt & { assessmentId: string; startedAt: string; blueprint: Blueprint },
  { score, estimate, ...counts }: Result,
  about: { id: string; at: string; handedBy: 'person' | 'time' },
): EventOf<'attempt-handed-in'> {
  const { shown, answered, late, withdrawn, waiting } = counts
  return {
    kind: 'attempt-handed-in',
    ...about,
    ...{ person: attempt.personId, attempt: attempt.id, assessment: attempt.assessmentId },
    ...{ title: attempt.blueprint.title, supervised: attempt.blueprint.supervised },
    startedAt: attempt.startedAt,
    ...{ shown, answered, late, withdrawn, waiting },
    ...{ earned: score.earned, possible: score.possible },
    ...(estimate
      ? { estimate: { dimension: estimate.dimension, theta: estimate.theta, se: estimate.se } }
      : {}),
  }
}

// Answers and tests in statements.
import type { EventOf, Recorded } from '#record/events/event.ts'
import { duration, indicatorOf, lessonOf, ref, registration, score } from '#xapi/parts.ts'
import { responseOf } from '#xapi/response.ts'
import type { Result, Tell } from '#xapi/shape.ts'
import { activity, extensions, verbs } from '#xapi/vocabulary.ts'

type Answered = Recorded<EventOf<'question-answered'>>

/** What every answer tells: points, what they weigh, and for what. */
const answeredHow = ({ earned, possible }: Answered): Result => ({
  ...score(earned, possible),
  success: earned >= possible,
  completion: true,
})
const answeredWhere = (origin: string, { attempt, indicator, regrades }: Answered) => ({
  ...(attempt ? { registration: registration(attempt) } : {}),
  ...(regrades ? { statement: ref(regrades.event) } : {}),
  contextActivities: { grouping: [indicatorOf(origin, indicator)] },
})

const tellOpenAnswer: Tell<'question-answered'> = (origin, event) => {
  const { lesson, edition, item, itemRevision, itemKind, mode, difficulty, guessing } = event
  const { interactionType, response } = responseOf(event.answer)
  const where = answeredWhere(origin, event)
  const parent = lesson !== null && edition !== null ? [lessonOf(origin, { lesson, edition })] : null
  return {
    verb: verbs.answered,
    object: activity(origin, 'item', [item, itemRevision], { interactionType }),
    result: { ...answeredHow(event), ...(response === undefined ? {} : { response }) },
    context: {
      ...where,
      contextActivities: { ...where.contextActivities, ...(parent ? { parent } : {}) },
      ...extensions(origin, { mode, 'item-kind': itemKind, difficulty, guessing }),
    },
  }
}

/** A secure item is one question of this one event: item, answer and points of many people would be the keys of the bank. */
const tellWatched: Tell<'question-answered'> = (origin, event) => ({
  verb: verbs.answered,
  object: activity(origin, 'question', [event.id]),
  result: answeredHow(event),
  context: { ...answeredWhere(origin, event), ...extensions(origin, { mode: event.mode }) },
})

/** The test of a course, passed or not. */
export const tellCourseTest: Tell<'course-tested'> = (origin, event) => {
  const { course, title, earned, possible, passShare, nature, lessons } = event
  const success = earned / possible >= passShare
  const tested = lessons.map(({ lesson, edition, minutes }) => ({ lesson, edition, minutes }))
  return {
    verb: success ? verbs.passed : verbs.failed,
    object: activity(origin, 'course', [course], { name: title }),
    result: { ...score(earned, possible), success, completion: true },
    context: extensions(origin, { 'pass-share': passShare, nature, lessons: tested }),
  }
}

/** A test as a whole; what graders still have is in no score. */
export const tellAttempt: Tell<'attempt-handed-in'> = (origin, event) => {
  const { attempt, assessment, title, startedAt, earned, possible, estimate, supervised } = event
  const { handedBy, shown, answered, late, withdrawn, waiting } = event
  return {
    verb: verbs.attempted,
    object: activity(origin, 'assessment', [assessment], { name: title }),
    result: {
      ...score(earned, possible),
      completion: true,
      duration: duration((Date.parse(event.effectiveAt) - Date.parse(startedAt)) / 1000),
      ...extensions(origin, { counts: { shown, answered, late, withdrawn }, waiting, estimate }),
    },
    context: {
      registration: registration(attempt),
      ...extensions(origin, { supervised, 'handed-by': handedBy }),
    },
  }
}

/** An answer. */
export const tellAnswer: Tell<'question-answered'> = (origin, event) =>
  event.mode === 'supervised' ? tellWatched(origin, event) : tellOpenAnswer(origin, event)

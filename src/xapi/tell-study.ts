// Lessons in statements: opened, studied, completed.
import { seconds, union } from '#record/hours/span.ts'
import { duration, lessonOf, revisionOf } from '#xapi/parts.ts'
import type { Tell } from '#xapi/shape.ts'
import { activity, extensions, verbs } from '#xapi/vocabulary.ts'

/** A lesson was opened. */
export const tellOpened: Tell<'lesson-opened'> = (origin, event) => ({
  verb: verbs.initialized,
  object: lessonOf(origin, event),
  context: revisionOf(event),
})

/** A visit: its time before the union with other tabs and devices, and what was refused. */
export const tellVisit: Tell<'segment-studied'> = (origin, event) => {
  const { sections, watched, silentSeconds, refused, openedAt, screen } = event
  const facts = {
    sections,
    'opened-at': openedAt,
    'silent-seconds': silentSeconds,
    screen,
    'refused-seconds': Object.keys(refused).length > 0 ? refused : undefined,
    'watched-seconds': Object.keys(watched).length > 0 ? watched : undefined,
  }
  return {
    verb: verbs.experienced,
    object: lessonOf(origin, event),
    result: { duration: duration(seconds(union(event.spans))), ...extensions(origin, facts) },
    context: revisionOf(event),
  }
}

/** What was asked of the lesson is done. */
export const tellCompleted: Tell<'lesson-completed'> = (origin, event) => {
  const { title, course, minutes, courseMinutes, nature, sections, items } = event
  const facts = { minutes, 'course-minutes': courseMinutes, nature, sections, items }
  return {
    verb: verbs.completed,
    object: lessonOf(origin, event, title),
    result: { completion: true, ...extensions(origin, facts) },
    context: {
      ...revisionOf(event),
      contextActivities: { parent: [activity(origin, 'course', [course])] },
    },
  }
}

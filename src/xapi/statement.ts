// What happened to a learner as an xAPI statement (IEEE 9274.1.1-2023, xAPI 2.0; nothing in it is unknown to 1.0.3).
// Made from the event and the origin alone, so that the same event always gives the same statement: an LRS takes a
// repeat for the same thing, and refuses another statement under its id. Persons are opaque ids; no name, number or unit,
// nothing that somebody wrote about somebody, and of an answer in a watched test neither item nor answer.
import type { Recorded } from '#record/events/event.ts'
import { agent } from '#xapi/parts.ts'
import type { Statement, Told } from '#xapi/shape.ts'
import { tellAttended, tellImported, tellObserved, tellSettled, tellVoided } from '#xapi/tell-seen.ts'
import { tellCompleted, tellOpened, tellVisit } from '#xapi/tell-study.ts'
import { tellAnswer, tellAttempt, tellCourseTest } from '#xapi/tell-tests.ts'
import { extensions } from '#xapi/vocabulary.ts'

/** The statement of an event; `origin` is the address of the site without a path, under which all our own ids stand. */
export function statementOf(event: Recorded, origin: string): Statement {
  const { verb, object, result, context = {}, actor = event.person } = tell(event, origin)
  const claimed = event.at === event.effectiveAt ? undefined : event.at
  const own = extensions(origin, { 'claimed-at': claimed }).extensions
  const known = context.extensions || own ? { extensions: { ...context.extensions, ...own } } : {}
  // Only an activity is experienced on a platform and in a language.
  const place = object.objectType === 'Activity' ? { platform: 'Lianxue', language: 'zh-CN' } : {}
  return {
    id: event.id,
    actor: agent(origin, actor),
    verb,
    object,
    ...(result ? { result } : {}),
    context: { ...context, ...place, ...known },
    timestamp: event.effectiveAt,
  }
}

function tell(event: Recorded, origin: string): Told {
  switch (event.kind) {
    case 'lesson-opened':
      return tellOpened(origin, event)
    case 'segment-studied':
      return tellVisit(origin, event)
    case 'question-answered':
      return tellAnswer(origin, event)
    case 'lesson-completed':
      return tellCompleted(origin, event)
    case 'course-tested':
      return tellCourseTest(origin, event)
    case 'attempt-handed-in':
      return tellAttempt(origin, event)
    case 'practice-observed':
      return tellObserved(origin, event)
    case 'hours-imported':
      return tellImported(origin, event)
    case 'attendance-recorded':
      return tellAttended(origin, event)
    case 'event-corrected':
      return tellVoided(origin, event)
    case 'dispute-settled':
      return tellSettled(origin, event)
  }
}

// What others saw, entered, took back or answered, in statements.
import { validate } from 'uuid'
import { agent, duration, indicatorOf, ref } from '#xapi/parts.ts'
import type { Tell } from '#xapi/shape.ts'
import { activity, extensions, idOfWords, verbs } from '#xapi/vocabulary.ts'

/** The level is one of five, in words; a share of it would say nothing. */
export const tellObserved: Tell<'practice-observed'> = (origin, { indicator, level, rater, observedOn }) => ({
  verb: verbs.scored,
  object: indicatorOf(origin, indicator),
  result: { score: { raw: level, min: 1, max: 5 } },
  context: { instructor: agent(origin, rater), ...extensions(origin, { 'observed-on': observedOn }) },
})

/** Hours from elsewhere; the words of the old archive, in which people are named, stay here. */
export const tellImported: Tell<'hours-imported'> = (origin, event) => {
  const { title, organiser, startOn, endOn, hours, meter, nature, activity: rule } = event
  const { batch, enteredBy, approvedBy } = event
  const completion = hours > 0
  const facts = { 'start-on': startOn, 'end-on': endOn, organiser, meter, nature, activity: rule }
  const by = { batch, 'entered-by': enteredBy, 'approved-by': approvedBy }
  return {
    verb: completion ? verbs.completed : verbs.attended,
    object: activity(origin, 'training', [idOfWords(title, organiser, startOn, endOn)], { name: title }),
    result: { completion, ...extensions(origin, { hours }) },
    context: extensions(origin, { ...facts, ...by }),
  }
}

/** Seen at a class or meeting. */
export const tellAttended: Tell<'attendance-recorded'> = (origin, event) => {
  const { title, organiser, on, minutes, hours, meter, nature, activity: rule, confirmedBy } = event
  const facts = { on, organiser, meter, nature, activity: rule, 'confirmed-by': confirmedBy }
  return {
    verb: verbs.attended,
    object: activity(origin, 'meeting', [idOfWords(title, organiser, on)], { name: title }),
    result: { duration: duration(minutes * 60), ...extensions(origin, { hours }) },
    context: extensions(origin, facts),
  }
}

/** Said by who took it back; whose record it is stands beside it. */
export const tellVoided: Tell<'event-corrected'> = (origin, { person, corrects, correctedBy }) => ({
  actor: correctedBy,
  verb: verbs.voided,
  object: ref(corrects),
  context: extensions(origin, { person }),
})

/** An objection was answered; the words of it stay here. */
export const tellSettled: Tell<'dispute-settled'> = (origin, event) => {
  const { dispute, about, outcome, granted, settledBy } = event
  const [what = '', which = ''] = about.split(':')
  return {
    verb: verbs.received,
    object: activity(origin, 'objection', [dispute]),
    result: { success: outcome === 'upheld', ...extensions(origin, { outcome, granted }) },
    context: {
      ...(validate(which) ? { statement: ref(which) } : {}),
      ...extensions(origin, {
        about: what,
        cell: what === 'cell' ? which : undefined,
        'settled-by': settledBy,
      }),
    },
  }
}

// The year of the account `learner`, chosen rather than drawn: a map with 达标, 未达标, 证据不足 and 未测, meters partly
// full, a lesson in progress, time that was refused and an entry that was put right.
import { dayAfter } from '#day.ts'
import { momentOf } from '#demo/calendar.ts'
import { handInAt, sitPaper } from '#demo/exam.ts'
import { observed } from '#demo/observation.ts'
import { shuffled, type Random } from '#demo/random.ts'
import { classDays, imported, online1, partyLessons, type Training } from '#demo/training.ts'
import { finishes, secondTab, studyLesson, type DemoLesson, type Learner } from '#demo/visit.ts'
import type { Item } from '#quiz/question.ts'
import { indicatorsOf, type CapabilityModel } from '#record/capability/model.ts'
import type { Event } from '#record/events/event.ts'

/** By indicator: how many of the four questions of the paper were right (null: not sat), and the levels observed. */
const shown: Record<string, { right: number | null; seen: number[] }> = {
  'political-theory': { right: 3, seen: [3] },
  'policy-comprehension': { right: 3, seen: [4] },
  'party-life': { right: 4, seen: [4, 5, 4] },
  'political-discipline': { right: 4, seen: [4, 4] },
  'self-government-law': { right: 3, seen: [4] },
  'benefit-policy': { right: 2, seen: [3] },
  'administrative-procedure': { right: 0, seen: [2, 1] },
  'task-follow-through': { right: 4, seen: [5, 5, 4] },
  'visiting-listening': { right: 4, seen: [5, 4, 5] },
  'four-deliberations': { right: 3, seen: [4, 4] },
  mediation: { right: 4, seen: [5, 4, 5] },
  feedback: { right: 3, seen: [] },
  'fact-finding': { right: null, seen: [3, 4] },
  'plan-budget': { right: null, seen: [2, 1, 2] },
  'risk-assessment': { right: null, seen: [3] },
  'hazard-check': { right: null, seen: [3, 2] },
  'conflict-of-interest': { right: 4, seen: [5, 4] },
  'small-powers': { right: 2, seen: [3] },
  openness: { right: 3, seen: [4] },
  'data-protection': { right: 0, seen: [1, 2] },
}

/** What the learner needs beside what everybody needs. */
export type LearnerWorld = {
  training: Training
  learner: Learner
  lessons: readonly DemoLesson[]
  model: CapabilityModel
}

/** Everything that happened to `learner`. */
export function learnersYear(world: LearnerWorld): Event[] {
  return [
    ...studied(world),
    ...examined(world, 'spring'),
    ...examined(world, 'summer'),
    ...watched(world),
    ...partyLessons(world.training, 0.9),
    ...classDays(world.training, 1),
    ...elsewhere(world),
  ]
}

/** Three lessons finished, the fourth begun in the last days, the fifth not opened. */
function studied({ training: { year }, learner, lessons }: LearnerWorld): Event[] {
  const on = (days: number) => dayAfter(year.firstOn, days)
  const [first, second, third, fourth] = lessons
  const events = [
    ...(first ? studyLesson(learner, first, [on(101), on(103)], finishes) : []),
    ...(second ? studyLesson(learner, second, [on(171)], finishes) : []),
    ...(third ? studyLesson(learner, third, [on(255), on(257)], finishes) : []),
    ...(fourth ? studyLesson(learner, fourth, [on(353)], { time: 0.48, sections: 0.5, checks: 0.5 }) : []),
  ]
  return [...events.map(tooFast(events)), ...besideFirst(learner, first, events)]
}

/** Of the last visit the page claimed more time than the server had seen. */
function tooFast(events: Event[]) {
  const last = events.findLast(({ kind }) => kind === 'segment-studied')
  return (event: Event): Event =>
    event === last && event.kind === 'segment-studied'
      ? { ...event, refused: { 'faster-than-clock': 95 } }
      : event
}

/** A second tab beside the first visit: what both saw counts once. */
function besideFirst(learner: Learner, lesson: DemoLesson | undefined, events: Event[]): Event[] {
  const visit = events.find(({ kind }) => kind === 'segment-studied')
  if (!lesson || visit?.kind !== 'segment-studied') return []
  return secondTab(learner, lesson, Date.parse(visit.openedAt) + 60_000, Date.parse(visit.at))
}

/** A paper with just so many right answers, which ones is chance. */
function examined({ training, learner, model }: LearnerWorld, paper: 'spring' | 'summer'): Event[] {
  const { year } = training
  const { person, id, random } = learner
  const at = handInAt(year, paper, random)
  const right = rightOnes(random)
  return sitPaper(paper, model, { person, at, id, random, isRight: (item) => right(item) })
}

function rightOnes(random: Random) {
  const places = new Map(
    Object.entries(shown).map(([indicator, { right }]) => [
      indicator,
      shuffled(random, [1, 2, 3, 4]).slice(0, right ?? 0),
    ]),
  )
  return ({ id, indicator }: Item) => places.get(indicator)?.includes(Number(id.at(-1))) ?? false
}

function watched({ training: { year, officer: rater }, learner, model }: LearnerWorld): Event[] {
  const { person, id, random } = learner
  return indicatorsOf(model).flatMap((indicator) =>
    (shown[indicator.id]?.seen ?? []).flatMap((level) =>
      observed({ person, rater, year, id, random }, model, indicator.id, level),
    ),
  )
}

/** Hours brought in; one entry had a wrong last day, was taken back and brought in again. */
function elsewhere({ training, learner: { random } }: LearnerWorld): Event[] {
  const { year, person, officer, id } = training
  const online = (
    [
      [30, 6],
      [120, 12],
      [211, 9.5],
      [303, 8],
    ] as const
  ).map(([days, hours]) => imported(training, online1(random, year, days, hours)))
  const startOn = dayAfter(year.firstOn, 246)
  const city = {
    meter: 'concentrated' as const,
    title: '市委党校村党组织书记示范班',
    organiser: '市委党校',
    ...{ startOn, hours: 12 },
  }
  const wrong = imported(training, { ...city, endOn: dayAfter(startOn, 3), after: 4 })
  const at = momentOf(dayAfter(startOn, 9), 15 * 60)
  const correction: Event = {
    kind: 'event-corrected',
    ...{ id: id(at), person: person.id, at: new Date(at).toISOString(), corrects: wrong.id },
    reason: '结束日期多填了两天，按结业证重新转入。',
    correctedBy: officer,
  }
  return [
    ...online,
    wrong,
    correction,
    imported(training, { ...city, endOn: dayAfter(startOn, 1), after: 9 }),
  ]
}

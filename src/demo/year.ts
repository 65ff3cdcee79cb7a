// A year in the invented county: everything that happened to everybody, in the order of time. Pure: the same people
// and lessons give the same events.
import { abilityOf, getsRight } from '#demo/ability.ts'
import { officerOf } from '#demo/accounts.ts'
import { dayAfter } from '#day.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import { handInAt, papers, sitPaper, type PaperName } from '#demo/exam.ts'
import { idsFrom } from '#demo/id.ts'
import { learnersYear } from '#demo/learner.ts'
import { observeSome } from '#demo/observation.ts'
import type { DemoPerson, Zeal } from '#demo/people.ts'
import { chance, randomFor, whole } from '#demo/random.ts'
import { classDays, hoursElsewhere, partyLessons, type Training } from '#demo/training.ts'
import { finishes, studyLesson, type DemoLesson, type Extent, type Learner } from '#demo/visit.ts'
import { guessing } from '#quiz/guessing.ts'
import type { CapabilityModel } from '#record/capability/model.ts'
import type { Event } from '#record/events/event.ts'

/** What the year is made of. */
export type World = {
  year: Year
  people: readonly DemoPerson[]
  model: CapabilityModel
  lessons: readonly DemoLesson[]
}

/** Everything that happened in the year, the first thing first; what one person did at one instant in its order. */
export function planYear(world: World): Event[] {
  const events = world.people.flatMap((person) => personsYear(person, world))
  const byTime = (a: Event, b: Event) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1)
  return [...events, ...takenBack(world, events)].sort(byTime)
}

function personsYear(person: DemoPerson, { year, people, model, lessons }: World): Event[] {
  const officer = officerOf(people, person.keeper)?.id ?? person.id
  const id = idsFrom(randomFor('ids', person.number))
  const ability = abilityOf(person, model)
  const random = randomFor('study', person.number)
  const learner: Learner = { person: person.id, random, id, isRight: () => true }
  learner.isRight = (item) => getsRight(random, ability.get(item.indicator) ?? 0, item)
  const training: Training = { person, officer, year, id }
  if (person.number === 'learner') return learnersYear({ training, learner, lessons, model })
  const events = [
    ...studies(person, learner, lessons, year),
    ...exams(person, learner, model, year),
    ...observeSome(
      { person: person.id, rater: officer, year, id, random: randomFor('observed', person.number) },
      model,
      ability,
      timesObserved(person.zeal, person.number),
    ),
    ...partyLessons(training),
    ...classDays(training),
    ...hoursElsewhere(training),
  ]
  return person.closedOn === null ? events : until(events, person.closedOn)
}

const until = (events: Event[], on: string) => events.filter(({ at }) => Date.parse(at) < momentOf(on, 0))

function timesObserved(zeal: Zeal, number: string): number {
  const random = randomFor('times', number)
  return { full: whole(random, 24, 32), middling: whole(random, 4, 9), light: whole(random, 0, 2), none: 0 }[
    zeal
  ]
}

/** How many lessons somebody finishes, and how far the one after that is studied. */
function lessonsFor(zeal: Zeal, number: string): { finished: number; further: Extent | null } {
  const random = randomFor('lessons', number)
  const part = { time: 0.45, sections: 0.5, checks: 0.4 }
  if (zeal === 'none') return { finished: 0, further: null }
  if (zeal === 'full') return { finished: 5, further: null }
  if (zeal === 'light')
    return { finished: chance(random, 0.3) ? 1 : 0, further: chance(random, 0.7) ? part : null }
  return { finished: whole(random, 1, 4), further: chance(random, 0.4) ? part : null }
}

/** Lessons one after another over the year, each in one to three visits within a week or two. */
function studies(
  { zeal, number }: DemoPerson,
  learner: Learner,
  lessons: readonly DemoLesson[],
  year: Year,
): Event[] {
  const { finished, further } = lessonsFor(zeal, number)
  const random = randomFor('days', number)
  const extents = [...Array.from({ length: finished }, () => finishes), ...(further ? [further] : [])]
  const window = 330 / Math.max(extents.length, 1)
  return lessons.slice(0, extents.length).flatMap((lesson, i) => {
    let day = Math.round(8 + window * i) + whole(random, 0, Math.max(0, Math.floor(window) - 16))
    const visits = whole(random, 1, extents[i] === finishes ? 3 : 2)
    const days = Array.from({ length: visits }, () => dayAfter(year.firstOn, (day += whole(random, 1, 4))))
    return studyLesson(learner, lesson, days, extents[i] ?? finishes)
  })
}

/** Who sits which paper. */
const sits: Record<Zeal, Record<PaperName, number>> = {
  full: { spring: 1, summer: 1, autumn: 1 },
  middling: { spring: 0.6, summer: 0.5, autumn: 0.35 },
  light: { spring: 0.12, summer: 0.12, autumn: 0.06 },
  none: { spring: 0, summer: 0, autumn: 0 },
}

function exams({ zeal, number }: DemoPerson, learner: Learner, model: CapabilityModel, year: Year): Event[] {
  return (Object.keys(papers) as PaperName[]).flatMap((paper) => {
    const random = randomFor('paper', paper, number)
    if (!chance(random, sits[zeal][paper])) return []
    const at = handInAt(year, paper, random)
    const { person, id, isRight } = learner
    return sitPaper(paper, model, {
      ...{ person, at, id, random },
      isRight: (item) => isRight({ ...item, guessing: guessing(item) }),
    })
  })
}

/** One party lesson was confirmed for somebody who had been ill; the officer takes it back a few days later. */
function takenBack({ year, people }: World, events: readonly Event[]): Event[] {
  const person = people.find(({ zeal, number }) => zeal === 'middling' && number !== 'learner')
  const wrong = events
    .filter((event) => event.person === person?.id && event.kind === 'attendance-recorded')
    .at(-2)
  if (!person || !wrong) return []
  const at = Date.parse(wrong.at) + 4 * 86_400_000
  if (at >= momentOf(dayAfter(year.lastOn, 1), 0)) return []
  return [
    {
      kind: 'event-corrected',
      id: idsFrom(randomFor('taken-back'))(at),
      person: person.id,
      at: new Date(at).toISOString(),
      corrects: wrong.id,
      reason: '当天请了病假，名单误勾，撤回这次到场。',
      correctedBy: officerOf(people, person.keeper)?.id ?? person.id,
    },
  ]
}

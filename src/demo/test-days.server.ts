// The tests of the demo's year as happenings: sittings opened and closed, papers taken, short answers graded.
import { availableItems } from '#assessment/bank/bank.server.ts'
import { giveMark } from '#assessment/grading/mark.server.ts'
import { fieldOf } from '#assessment/grading/mark-form.ts'
import { closeSitting, openSitting } from '#assessment/sitting/sitting.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { abilityOf } from '#demo/ability.ts'
import { wrongAnswer } from '#demo/answer.ts'
import { momentOf } from '#demo/calendar.ts'
import type { County } from '#demo/county.ts'
import type { DemoPerson } from '#demo/people.ts'
import { randomFor } from '#demo/random.ts'
import type { Happening } from '#demo/seed.server.ts'
import { sessionOf } from '#demo/session.ts'
import { takeTest, type Answerer } from '#demo/take-test.server.ts'
import { answerTest } from '#demo/test-answer.ts'
import { planHomeTests, planSittings, type PlannedSitting, type PlannedTest } from '#demo/test-plan.ts'
import { secondMarks, written, writtenPaper, type Written } from '#demo/written.ts'
import type { World } from '#demo/year.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'

type Whole = World & { county: County }

const iso = (at: number) => new Date(at).toISOString()

/** Everything of tests that happens to some people of the county, to all if none are named. */
export async function testDays(
  world: Whole,
  some: readonly DemoPerson[] = world.people,
): Promise<Happening[]> {
  const { people, year } = world
  const doubtful = doubtfulOf((await availableItems({ secure: false })).map(({ item }) => item))
  const isThere = ({ person }: PlannedTest) => some.includes(person)
  const taking = (planned: PlannedTest, answer: Answerer): Happening => ({
    at: iso(planned.endAt),
    run: (setTime) => takeTest(planned, answer, setTime),
  })
  const home = planHomeTests(people, year).filter(isThere)
  const sittings = planSittings(people, year)
  return [
    ...home.map((planned) => taking(planned, answererFor(planned, world, doubtful))),
    ...sittings.flatMap((sitting) => [
      ...held(sitting, world),
      ...sitting.tests.flatMap((planned, place) =>
        isThere(planned) ? [taking(planned, answererFor(planned, world, doubtful, place))] : [],
      ),
    ]),
    ...sittings.flatMap((sitting) => grading(sitting, world, isThere)),
  ]
}

/** The trainer opens a sitting for the whole county, and closes it where that is planned. */
function held({ assessment, code, openAt, closeAt }: PlannedSitting, world: Whole): Happening[] {
  let id = ''
  const trainer = trainerIn(world, 'trainer', openAt)
  const unit = world.county.county.id
  const open = async () => void ({ id } = await openSitting(trainer, { assessment, unit }, () => code))
  const opened = { at: iso(openAt), run: open }
  return closeAt === null ? [opened] : [opened, { at: iso(closeAt), run: () => closeSitting(trainer, id) }]
}

function trainerIn({ people, county }: Whole, number: string, at: number) {
  const person = people.find((one) => one.number === number)
  if (!person) throw new Error(`There is no ${number} in the county.`)
  return sessionOf(person, dayOf(iso(at)), { role: 'trainer', unit: county.county })
}

/** The first choice of middling difficulty about personal data: a key of which the able are not sure, for trainers to find. */
const doubtfulOf = (items: readonly Item[]) =>
  items.find(
    (item) => item.indicator === 'data-protection' && item.kind === 'single' && item.difficulty === 'medium',
  )

/** What the learner cannot do yet, see learner.ts. */
const learnerMisses = 'plan-budget'

function answererFor(
  { person, id, assessment, code }: PlannedTest,
  { model }: Whole,
  doubtful: Item | undefined,
  place = 0,
): Answerer {
  const random = randomFor('answers', id)
  if (person.number === 'learner')
    return (item) => (item.indicator === learnerMisses ? wrongAnswer(random, item) : rightAnswer(item))
  const ability = abilityOf(person, model)
  const mayLeaveBlank = code !== null || assessment === 'asm-lianjie'
  return (item) => {
    const text = written[item.id]?.[place]?.text
    if (text !== undefined) return { kind: 'short-answer', text }
    return answerTest(random, ability.get(item.indicator) ?? 0, item, {
      ...{ mayLeaveBlank, doubtful: item.id === doubtful?.id },
    })
  }
}

/** The day after, one trainer graded all short answers, and the evening after that the other most of them. */
function grading(
  { tests, openAt }: PlannedSitting,
  world: Whole,
  isThere: (one: PlannedTest) => boolean,
): Happening[] {
  const after = (days: number, minutes: number) => momentOf(dayAfter(dayOf(iso(openAt)), days), minutes)
  const marks = tests.flatMap((test, place) =>
    Object.entries(written).flatMap(([item, answers]) => {
      const points = answers[place]?.points
      const second = secondMarks[item]?.[place]
      if (test.assessment !== writtenPaper.id || !isThere(test) || !points || second === undefined) return []
      const of = { attempt: test.id, item }
      return [
        { ...of, points, by: 'trainer2', at: after(1, 15 * 60 + place) },
        ...(second === 'none'
          ? []
          : [
              {
                ...of,
                points: second === 'same' ? points : second,
                by: 'trainer',
                at: after(2, 19 * 60 + place),
              },
            ]),
      ]
    }),
  )
  return marks.map(({ at, by, attempt, item, points }) => ({
    at: iso(at),
    run: async () => void (await giveMark(trainerIn(world, by, at), markForm(attempt, item, points))),
  }))
}

function markForm(attempt: string, item: string, points: Written['points']): FormData {
  const form = new FormData()
  form.set('attempt', attempt)
  form.set('item', item)
  for (const [criterion, given] of Object.entries(points)) form.set(fieldOf(criterion), String(given))
  return form
}

// Objections in the demo: of `learner` one that was upheld, one that was declined and one that waits; and one of a
// colleague, so that the training officer has something to answer.
import { settleDispute } from '#course/dispute/settle.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { momentOf } from '#demo/calendar.ts'
import { idsFrom } from '#demo/id.ts'
import type { DemoPerson } from '#demo/people.ts'
import { randomFor } from '#demo/random.ts'
import type { SetTime } from '#demo/seed.server.ts'
import { sessionOf } from '#demo/session.ts'
import type { World } from '#demo/year.ts'
import { disputesOf, fileDispute } from '#record/dispute.server.ts'
import type { Event } from '#record/events/event.ts'
import { refusedOf } from '#record/hours/refused.server.ts'

/** Files and answers them, each at its own time. */
export async function enterObjections(
  { people, year }: World,
  events: readonly Event[],
  setTime: SetTime,
): Promise<void> {
  const learner = people.find(({ number }) => number === 'learner')
  const officer = people.find(({ number }) => number === 'officer')
  if (!learner || !officer) return
  const late = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
  const answer = answererFor(officer, setTime)

  const twice = await refusedFor(learner.id, 'counted-elsewhere')
  if (twice) {
    const about = `time:${twice.event}`
    const dispute = await file(setTime, late(twice.at, 15), learner.id, { about, reason: 'one' })
    const said = '两个页面在同一段时间里都开着，只能计一次。第一个页面的时间已经全部计入，学时没有少。'
    await answer(dispute, late(twice.at, 2 * 1440), 'declined', said)
  }
  const fast = await refusedFor(learner.id, 'faster-than-clock', twice?.event)
  if (fast) {
    const text = '页面停了一阵又接上，我一直在看。'
    const dispute = await file(setTime, late(fast.at, 10), learner.id, {
      ...{ about: `time:${fast.event}`, reason: 'line', text },
    })
    await answer(dispute, late(fast.at, 1440), 'upheld', '当天镇里线路检修，时间对得上，全部补回。')
  }
  const wrong = events.findLast(
    (event) =>
      event.person === learner.id && event.kind === 'question-answered' && event.earned < event.possible,
  )
  const evening = new Date(momentOf(year.lastOn, 20 * 60 + 10)).toISOString()
  if (wrong) await file(setTime, evening, learner.id, { about: `answer:${wrong.id}`, reason: 'unclear' })
  const visit = refusedColleague(people, officer, events)
  if (visit) {
    const at = new Date(momentOf(dayAfter(year.lastOn, -4), 19 * 60)).toISOString()
    await file(setTime, at, visit.person, { about: `time:${visit.id}`, reason: 'present' })
  }
}

async function file(
  setTime: SetTime,
  at: string,
  person: string,
  objection: Parameters<typeof fileDispute>[1],
): Promise<string> {
  setTime(at)
  await fileDispute(person, objection)
  const filed = (await disputesOf(person)).find(({ about }) => about === objection.about)
  return filed?.id ?? ''
}

/** Answers as the officer would, with ids that come out the same every time. */
function answererFor(officer: DemoPerson, setTime: SetTime) {
  const makeId = idsFrom(randomFor('objections'))
  return async (dispute: string, at: string, outcome: 'upheld' | 'declined', answer: string) => {
    setTime(at)
    await settleDispute(
      sessionOf(officer, dayOf(at), { role: 'officer', unit: officer.keeper }),
      { dispute, outcome, answer },
      () => makeId(Date.parse(at)),
    )
  }
}

/** The first visit of which time was refused for a reason, besides one that has its objection already. */
async function refusedFor(person: string, reason: string, besides?: string) {
  const visits = await refusedOf(person)
  return visits.find(
    ({ event, reasons }) => event !== besides && reasons.some((one) => one.reason === reason),
  )
}

/** The last visit in the officer's township of which time was refused, but for the two who sign in to the demo. */
function refusedColleague(people: World['people'], officer: DemoPerson, events: readonly Event[]) {
  const near = new Set(
    people.flatMap(({ id, number, keeper, closedOn }) =>
      keeper.id === officer.keeper.id && closedOn === null && /^QX/.test(number) ? [id] : [],
    ),
  )
  return events.findLast(
    (event) =>
      near.has(event.person) && event.kind === 'segment-studied' && 'faster-than-clock' in event.refused,
  )
}

// Seeds the demo: the county and its people as rows, then a year of events through the one door into the record,
// each at its own time by a clock that is put back afterwards.
import { setClock, now } from '#clock.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { dayAfter, dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import { item } from '#db/schema/library.ts'
import { assignment, grant, person, unit } from '#db/schema/people.ts'
import { demoPassword, inventAdministrators, inventGrants, learnerPin } from '#demo/accounts.ts'
import { momentOf } from '#demo/calendar.ts'
import type { County } from '#demo/county.ts'
import { examItems } from '#demo/exam.ts'
import { enterObjections } from '#demo/objections.server.ts'
import type { DemoPerson } from '#demo/people.ts'
import type { World } from '#demo/year.ts'
import { hashPin, hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { theProcess } from '#people/audit.server.ts'
import { storePin } from '#people/slip.server.ts'
import { logView } from '#people/view.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import type { Event } from '#record/events/event.ts'
import { recordIn } from '#record/record.server.ts'
import { storeRoot } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Hears of progress in lines to print. */
export type Say = (line: string) => void

/** Sets the demo's own clock (ISO UTC). */
export type SetTime = (at: string) => void

/** What people do through other doors than the record's: taking a test, grading it. It finds the clock at `at`, ISO UTC. */
export type Happening = { at: string; run: (setTime: SetTime) => Promise<void> }

/** Enters units, people, assignments and rights, and lets everybody sign in who ever did. */
export async function enterCounty({ county, people, year }: World & { county: County }): Promise<void> {
  const admins = inventAdministrators(year)
  const createdAt = new Date(momentOf(year.firstOn, 8 * 60)).toISOString()
  const notice = { noticeVersion, noticeAt: createdAt }
  const persons = [...people.map(personRow), ...admins].map((one) => ({ ...one, createdAt, ...notice }))
  const grants = inventGrants(county, people, admins).map(({ personId, role, unit: { id: unitId } }) => ({
    ...{ personId, role, unitId, grantedBy: theProcess, grantedAt: createdAt },
  }))
  await write(async (tx) => {
    await tx.insert(unit).values(county.units.map((one) => ({ ...one, createdAt })))
    await tx.insert(person).values(persons)
    await tx.insert(assignment).values(people.flatMap(assignmentRows))
    await tx.insert(grant).values(grants)
  })
  await letIn([...people.filter(signsIn), ...admins], createdAt)
}

/** Who never learned anything has not used a slip yet, so that there is somebody to print one for. */
const signsIn = ({ zeal, closedOn }: DemoPerson) => zeal !== 'none' && closedOn === null

/** One slow hash does for all: they have the same password anyway. */
async function letIn(people: { id: string; number: string }[], at: string) {
  const [password, pin] = await Promise.all([hashSecret(demoPassword), hashPin(learnerPin)])
  await Promise.all(people.map(({ id, number }) => write((tx) => setLogin(tx, id, number, password))))
  const learner = people.find(({ number }) => number === 'learner')
  if (learner) await write((tx) => storePin(tx, learner.id, pin, at))
}

const personRow = ({ id, number, name, closedOn }: DemoPerson) => ({
  ...{ id, number, name },
  closedAt: closedOn && new Date(momentOf(closedOn, 17 * 60)).toISOString(),
})

const assignmentRows = ({ id: personId, assignments }: DemoPerson) =>
  assignments.map(({ unit: { id: unitId }, ...held }) => ({ ...held, personId, unitId }))

/** The questions of the supervised papers, so that old results can say what was asked. */
export async function enterExam({ model, year }: World): Promise<void> {
  const createdAt = new Date(momentOf(year.firstOn, 8 * 60)).toISOString()
  const rows = indicatorsOf(model)
    .flatMap((indicator) => examItems(indicator, model))
    .map((body) => ({
      ...{ id: body.id, revision: body.revision, indicator: body.indicator, lessonId: null, createdAt },
      ...{ hash: hashOf(body), body },
    }))
  await write((tx) => tx.insert(item).values(rows))
}

/** Runs `work` with the demo's own clock, which it sets; the clock of before comes back in any case. */
export async function inOtherTime<T>(work: (setTime: SetTime) => Promise<T>): Promise<T> {
  const clock = now
  try {
    return await work((at) => setClock(() => new Date(at)))
  } finally {
    setClock(clock)
  }
}

/**
 * Records the year day by day and fixes the record each night; what else happens comes in between, in the order of time.
 * The events between two happenings share a few commits: each is a job of its own that finds the clock at its own instant,
 * and jobs run in the order in which they were added.
 */
export async function enterYear(
  events: readonly Event[],
  say: Say,
  happenings: readonly Happening[] = [],
): Promise<void> {
  let inForce = await versionsInForce()
  await inOtherTime(async (setTime) => {
    const recordAt = (event: Event) =>
      write((tx) => {
        setTime(event.at)
        return recordIn(tx, event, inForce)
      })
    const tell = teller(events.length, say)
    const all = [...events, ...happenings].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    for (const [on, ofDay] of Map.groupBy(all, ({ at }) => dayOf(at))) {
      setTime(new Date(momentOf(on, 10)).toISOString())
      await storeRoot()
      for (const part of inParts(ofDay)) {
        if ('run' in part) {
          setTime(part.at)
          await part.run(setTime)
          inForce = await versionsInForce()
          continue
        }
        await Promise.all(part.map(recordAt))
        tell(part.length, on)
      }
    }
  })
}

/** Events that follow each other, some at a time, and happenings one by one. */
function* inParts(ofDay: readonly (Event | Happening)[]): Generator<Event[] | Happening> {
  let part: Event[] = []
  for (const one of ofDay) {
    if (!('run' in one) && part.push(one) < atOnce) continue
    if (part.length > 0) yield part
    part = []
    if ('run' in one) yield one
  }
  if (part.length > 0) yield part
}

/** Events that are given to the queue together; the day of a paper has thousands. */
const atOnce = 250

/** Says how far it is whenever another tenth is done. */
function teller(all: number, say: Say) {
  const tenths = (count: number) => Math.floor((count / all) * 10)
  let done = 0
  return (more: number, on: string) => {
    if (tenths(done + more) > tenths(done)) say(progress(done + more, all, on))
    done += more
  }
}

const progress = (done: number, all: number, on: string) =>
  `  ${String(Math.floor((done / all) * 100)).padStart(3)}%  写到${on}，共${done}条记录`

/** What others did with the record of `learner`: two of them looked at it; and the objections of the year. */
export function enterTraces(world: World, events: readonly Event[]): Promise<void> {
  const { people, year } = world
  const find = (number: string) => people.find((one) => one.number === number)?.id ?? ''
  const learner = find('learner')
  const on = (days: number, minutes: number) =>
    new Date(momentOf(dayAfter(year.firstOn, days), minutes)).toISOString()
  return inOtherTime(async (setTime) => {
    setTime(on(320, 9 * 60 + 42))
    await logView(find('officer'), learner, '学时与能力图谱')
    setTime(on(341, 15 * 60 + 8))
    await logView(find('reader'), learner, '学时与能力图谱')
    await enterObjections(world, events, setTime)
  })
}

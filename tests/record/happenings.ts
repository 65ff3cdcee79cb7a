// Things that happen to invented people, a clock to let them happen by, and a look at what was derived from them.
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { v7 } from 'uuid'
import { now, setClock } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { belief, countedSpan, credit, event, evidence, progress, refusedTime } from '#db/schema/record.ts'
import type { Event, EventOf } from '#record/events/event.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { yunnan } from './published-rules.ts'

export { yunnan }

/** Puts the rule of Yunnan in force before the tests of a file. */
export function underYunnan() {
  beforeAll(() => putInForce(yunnan))
}

let stopped: { advance: (seconds: number) => void } | null = null
/** Time in which a question can be read, where the clock stands still. */
export const readQuestion = () => stopped?.advance(15)

/** A clock that stands still until it is moved; the real one comes back after the tests of the file. */
export function stoppedClock(start: string) {
  const before = now
  let at = Date.parse(start)
  setClock(() => new Date(at))
  afterAll(() => setClock(before))
  const clock = {
    set: (instant: string) => void (at = Date.parse(instant)),
    advance: (seconds: number) => void (at += seconds * 1000),
    get iso() {
      return new Date(at).toISOString()
    },
    get ms() {
      return at
    },
  }
  stopped = clock
  return clock
}

let people = 0
/** Somebody to whom nothing has happened yet. */
export const somebody = () => `person-${(people += 1)}`

type Made<Kind extends Event['kind']> = Partial<EventOf<Kind>> & { person: string }

const common = () => ({ id: v7(), at: now().toISOString() })
const lesson = { lesson: 'lsn-a', edition: 1, revision: 'rev-a1' }

export const opened = (made: Made<'lesson-opened'>): EventOf<'lesson-opened'> => ({
  ...common(),
  kind: 'lesson-opened',
  ...lesson,
  ...made,
})

/** Ten minutes in both sections, ending now. */
export const studied = (made: Made<'segment-studied'>): EventOf<'segment-studied'> => ({
  ...common(),
  kind: 'segment-studied',
  ...lesson,
  openedAt: new Date(now().getTime() - 600_000).toISOString(),
  spans: [[now().getTime() - 600_000, now().getTime()]],
  sections: ['s1', 's2'],
  watched: {},
  refused: {},
  ...made,
})

/** All points for the one item of the lesson. */
export const answered = (made: Made<'question-answered'>): EventOf<'question-answered'> => ({
  ...common(),
  kind: 'question-answered',
  lesson: 'lsn-a',
  edition: 1,
  item: 'itm-a1',
  itemRevision: 1,
  mode: 'practice',
  answer: { kind: 'true-false', choice: true },
  earned: 1,
  possible: 1,
  indicator: 'mediation',
  difficulty: 'medium',
  guessing: 0.5,
  ...made,
})

/** A lesson of ten minutes with two sections and one item. */
export const completed = (made: Made<'lesson-completed'>): EventOf<'lesson-completed'> => ({
  ...common(),
  kind: 'lesson-completed',
  ...lesson,
  course: 'crs-a',
  title: '第一课',
  minutes: 10,
  sections: ['s1', 's2'],
  items: ['itm-a1'],
  ...made,
})

/** The test of a course of two lessons, ten points of ten. */
export const tested = (made: Made<'course-tested'>): EventOf<'course-tested'> => ({
  ...common(),
  kind: 'course-tested',
  course: 'crs-a',
  title: '第一门课',
  nature: 'compulsory',
  earned: 10,
  possible: 10,
  passShare: 0.8,
  items: ['itm-t1', 'itm-t2'],
  lessons: [
    { ...lesson, title: '第一课', minutes: 10 },
    { lesson: 'lsn-b', edition: 1, revision: 'rev-b1', title: '第二课', minutes: 12 },
  ],
  ...made,
})

export const observed = (made: Made<'practice-observed'>): EventOf<'practice-observed'> => ({
  ...common(),
  kind: 'practice-observed',
  indicator: 'mediation',
  level: 4,
  rater: 'officer-1',
  observedOn: '2026-03-01',
  note: '调解室里先听双方说完。',
  ...made,
})

export const imported = (made: Made<'hours-imported'>): EventOf<'hours-imported'> => ({
  ...common(),
  kind: 'hours-imported',
  meter: 'concentrated',
  title: '市委党校专题班',
  organiser: '市委党校',
  startOn: '2026-02-02',
  endOn: '2026-02-04',
  hours: 24,
  approvedBy: 'officer-1',
  ...made,
})

export const attended = (made: Made<'attendance-recorded'>): EventOf<'attendance-recorded'> => ({
  ...common(),
  kind: 'attendance-recorded',
  meter: 'concentrated',
  title: '三月三会一课',
  organiser: '清溪村党支部',
  on: '2026-03-01',
  minutes: 90,
  hours: 2,
  confirmedBy: 'officer-1',
  ...made,
})

export const corrected = (
  made: Made<'event-corrected'> & { corrects: string },
): EventOf<'event-corrected'> => ({
  ...common(),
  kind: 'event-corrected',
  reason: '名单误勾，撤回。',
  correctedBy: 'officer-1',
  ...made,
})

export const settled = (made: Made<'dispute-settled'> & { about: string }): EventOf<'dispute-settled'> => ({
  ...common(),
  kind: 'dispute-settled',
  dispute: v7(),
  outcome: 'upheld',
  answer: '核对过了。',
  settledBy: 'officer-1',
  ...made,
})

/** All that a finished lesson leaves behind, in order. */
export const finished = (
  person: string,
  changes: Partial<typeof lesson> & { course?: string; minutes?: number } = {},
) => {
  const { course = 'crs-a', minutes = 10, ...which } = changes
  const item = `itm-${which.lesson ?? 'lsn-a'}-${which.edition ?? 1}`
  const from = now().getTime() - minutes * 60_000
  return [
    studied({ person, ...which, spans: [[from, now().getTime()]] }),
    answered({ person, item, lesson: which.lesson ?? lesson.lesson, edition: which.edition ?? 1 }),
    completed({ person, ...which, course, minutes, items: [item] }),
  ]
}

/** The events of a person in the order of arrival. */
export const eventsOf = (person: string) =>
  read.select().from(event).where(eq(event.personId, person)).orderBy(event.seq)

const derivedTables = { progress, countedSpan, refusedTime, credit, evidence, belief }

/** Everything derived of a person, or of all, with rows in an order of their own. */
export async function derivedOf(person?: string) {
  const dump: Record<string, unknown[]> = {}
  for (const [name, table] of Object.entries(derivedTables)) {
    const rows = await read
      .select()
      .from(table)
      .where(person === undefined ? sql`true` : eq(table.personId, person))
    dump[name] = rows
      .map((row) => JSON.stringify(row))
      .sort()
      .map((row) => JSON.parse(row) as unknown)
  }
  return dump
}

/** Credits of a person as the list on the page would have them, oldest event first. */
export const creditsInOrder = (person: string) =>
  read.select().from(credit).where(eq(credit.personId, person)).orderBy(credit.on, credit.eventId)

export const handedIn = (made: Made<'attempt-handed-in'>): EventOf<'attempt-handed-in'> => ({
  ...common(),
  kind: 'attempt-handed-in',
  attempt: 'att-1',
  assessment: 'asm-lianjie',
  title: '廉洁自测',
  supervised: false,
  startedAt: '2026-03-10T01:30:00.000Z',
  handedBy: 'person',
  shown: 8,
  answered: 7,
  late: 0,
  withdrawn: 0,
  earned: 5.5,
  possible: 7,
  waiting: 0,
  ...made,
})

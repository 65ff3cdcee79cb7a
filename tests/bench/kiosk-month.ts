// What a screen of a village hall keeps while it has no line for a month, as its entries.
import { v4, v7 } from 'uuid'
import { signedText, type Entry } from '#kiosk/entry.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { seal } from '#kiosk/sealing.ts'
import { sign, type PublicKey } from '#kiosk/signing.ts'
import type { Answer } from '#quiz/question.ts'

/** A screen; `keys` are those of the people on its sheet. */
export type Screen = {
  id: string
  contact: string
  key: CryptoKey
  turn: number
  sheet: string | null
  keys: string[]
}
export type Lesson = {
  lesson: string
  edition: number
  revision: string
  sections: string[]
  /** Right ones, to its checks. */
  answers: { item: string; answer: Answer }[]
}

/** What is done, and for how long the screen had been running since its last contact, ms. */
export type Done = { up: number; body: EntryBody }

const minute = 60_000
const days = 29

/** When so many visits begin, spread evenly, ms since the contact. */
export function spread(visits: number): number[] {
  const pause = Math.floor((days * 24 * 60) / visits)
  return Array.from({ length: visits }, (_, i) => (i * pause + 1) * minute)
}

/** Study by the minute in visits that are known to the site, each of one lesson. */
export function studyOnly(ids: string[], began: number[], stretches: number, lessons: Lesson[]): Done[] {
  return ids.flatMap((visit, i) => {
    const at = began[i] ?? 0
    return [
      ...studied(visit, lessons[i % lessons.length] as Lesson, stretches, at),
      { up: at + (stretches + 1) * minute, body: { kind: 'visit-ended', visit } },
    ]
  })
}

/** A month as it is: each visit begins with a PIN and goes through lessons and their checks; the hall studies together once. */
export const asItIs = { visits: 105, lessons: 3, stretches: 30, inHall: 10, pin: '246801' }

export function monthAsItIs(keys: string[], lessons: Lesson[]): Done[] {
  const began = spread(asItIs.visits + 1)
  const hallAt = began.splice(asItIs.visits >> 1, 1)[0] ?? 0
  const visits = began.flatMap((at, i) => visitAsItIs(keys[i % keys.length] ?? '', i, at, lessons))
  return [...visits, ...hallAsItIs(keys, hallAt)].toSorted((a, b) => a.up - b.up)
}

function visitAsItIs(key: string, i: number, at: number, lessons: Lesson[]): Done[] {
  const visit = v4()
  const done: Done[] = [{ up: at, body: { kind: 'visit-began', visit, key, pin: asItIs.pin } }]
  const last = () => done.at(-1)?.up ?? at
  for (let j = 0; j < asItIs.lessons; j++) {
    const taught = lessons[(i * asItIs.lessons + j) % lessons.length] as Lesson
    done.push(...studied(visit, taught, asItIs.stretches, last()))
    const { answers, lesson, edition, revision } = taught
    for (const { item, answer } of answers) {
      const body = { kind: 'answered' as const, visit, lesson, edition, revision, item }
      done.push({ up: last() + minute, body: { ...body, answer: answer as never } })
    }
  }
  return [...done, { up: last() + minute, body: { kind: 'visit-ended', visit } }]
}

/** Stretches of a minute each. @param from where the first begins */
function studied(visit: string, taught: Lesson, stretches: number, from: number): Done[] {
  const { lesson, edition, revision, sections } = taught
  return Array.from({ length: stretches }, (_, j) => ({
    up: from + (j + 1) * minute,
    body: { kind: 'studied', visit, milliseconds: minute, lesson, edition, revision, sections },
  }))
}

/** An hour with a host, of whose people one leaves early. */
function hallAsItIs([host = '', ...others]: string[], at: number): Done[] {
  const [session, visit] = [v4(), v4()]
  const people = others.slice(0, asItIs.inHall)
  const [left = ''] = people
  const what = { title: '主题党日', type: '主题党日', agenda: ['学一课'], lesson: null, secret: v4() }
  const closed = { confirmed: [host, ...people], headCount: people.length + 1, minutes: '学了一课。' }
  const after = (minutes: number, body: EntryBody): Done => ({ up: at + minutes * minute, body })
  return [
    after(0, { kind: 'visit-began', visit, key: host, pin: asItIs.pin }),
    after(1, { kind: 'hall-opened', session, visit, ...what }),
    ...people.map((key) => after(2, { kind: 'hall-in', session, key, pin: asItIs.pin })),
    after(30, { kind: 'hall-counted', session, item: 'itm-hands', counts: [3, 8] }),
    after(40, { kind: 'hall-out', session, key: left }),
    after(60, { kind: 'hall-closed', session, visit, ...closed }),
    after(61, { kind: 'visit-ended', visit }),
  ]
}

/** Sealed, numbered and signed, as the screen keeps them. */
export async function entriesOf(screen: Screen, to: PublicKey, all: Done[]): Promise<Entry[]> {
  const { id: kiosk, contact } = screen
  const entries: Entry[] = []
  for (const [i, { up, body }] of all.entries()) {
    const id = v7()
    const at = new Date().toISOString()
    const sealed = await seal(to, id, JSON.stringify(body))
    const unsigned = { ...{ id, kiosk, seq: i + 1, contact, up, off: 0, at, sealed } }
    entries.push({ ...unsigned, signature: await sign(screen.key, signedText(unsigned)) })
  }
  return entries
}

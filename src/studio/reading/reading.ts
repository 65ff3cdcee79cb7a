// The three readings 三审 of a draft: its author, a reviewer, a publisher; three people. A signature holds for the very
// text that was read (its hash), so a changed letter asks for all of them again. Rules only; nothing is stored here.
import { Refusal } from '#refusal.ts'

/** In the order in which they are made. */
export const readings = ['author', 'reviewer', 'publisher'] as const
export type Reading = (typeof readings)[number]

/** One person's word on one state of a draft. */
export type Signature = {
  reading: Reading
  /** Id of a person. */
  person: string
  /** SHA-256 of what was read: text, items and files. */
  hash: string
  verdict: 'passed' | 'returned'
}

/** A draft as it is now. */
export type Draft = {
  hash: string
  /** Everybody who has written in it. */
  writers: readonly string[]
  /** How many readings the county asks for documents of this kind. */
  asked: 1 | 2 | 3
  /** The author declares that it is a new edition, which reopens its hours. */
  newEdition: boolean
  /** Of every state, oldest first. */
  signatures: readonly Signature[]
}

/** What a draft waits for. */
export type Waiting =
  { type: 'reading'; reading: Reading } | { type: 'mending'; returned: Signature } | { type: 'publication' }

/** The readings that a draft needs. A new edition is confirmed by a reviewer, however few the county asks. */
export function readingsOf({ asked, newEdition }: Pick<Draft, 'asked' | 'newEdition'>): readonly Reading[] {
  return readings.slice(0, newEdition ? Math.max(asked, 2) : asked)
}

/** What a draft waits for, by the signatures under what it says now. */
export function waitingFor(draft: Draft): Waiting {
  const here = draft.signatures.filter((each) => each.hash === draft.hash && !wroteSince(draft, each))
  const last = here.at(-1)
  if (last?.verdict === 'returned') return { type: 'mending', returned: last }
  // Who hands in a returned text unchanged asks for all readings once more.
  const since = here.slice(here.findLastIndex(({ verdict }) => verdict === 'returned') + 1)
  const next = readingsOf(draft).find((reading) => !since.some((each) => each.reading === reading))
  return next ? { type: 'reading', reading: next } : { type: 'publication' }
}

/** A reader who wrote in it afterwards, and back again, is no longer another person. */
const wroteSince = ({ writers }: Draft, { reading, person }: Signature) =>
  reading !== 'author' && writers.includes(person)

export const readingNames: Record<Reading, string> = {
  author: '初审',
  reviewer: '复审',
  publisher: '终审',
}

/**
 * Lets a person make a reading, or says why not. An author may hand in again what was returned.
 * @param roles of the person over the unit of the draft
 * @throws Refusal
 */
export function requireReader(draft: Draft, reading: Reading, person: string, roles: ReadonlySet<string>) {
  const waiting = waitingFor(draft)
  const again = waiting.type === 'mending' && reading === 'author'
  if (!again && !(waiting.type === 'reading' && waiting.reading === reading))
    throw new Refusal(
      'already-done',
      `这份稿子现在不等${readingNames[reading]}。`,
      '请刷新页面，看它到了哪一步。',
    )
  const wrote = draft.writers.includes(person)
  if (reading === 'author') {
    if (!wrote) throw new Refusal('not-yours', '初审由写稿的人来做。', '请写稿的人自己提交。')
    return
  }
  if (!roles.has(reading)) throw new Refusal('not-yours', `${readingNames[reading]}要由有这个职责的人来做。`)
  if (wrote)
    throw new Refusal(
      'not-yours',
      `这份稿子您写过，${readingNames[reading]}要由另一个人来做。`,
      '请同事来审。',
    )
  const before = draft.signatures.find((each) => each.person === person && each.reading !== reading)
  if (before)
    throw new Refusal(
      'not-yours',
      `这份稿子您做过${readingNames[before.reading]}，${readingNames[reading]}要由另一个人来做。`,
      '三审要三个人。请同事来审。',
    )
}

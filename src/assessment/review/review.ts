// 错题本: which questions come again, and when. Nothing is stored: the book is what a replay of a person's answers gives, in
// whatever pieces it is replayed. Pure; time is the day of an answer.
import { createEmptyCard, fsrs, Rating, type Card, type Grade } from 'ts-fsrs'
import { dayOf, noonOf } from '#day.ts'

/** An answer whose solution the person was told. Points 0 ≤ earned ≤ possible; `at` in ISO UTC. */
export type ToldAnswer = { item: string; at: string; earned: number; possible: number }

/** A question in the book. */
export type Entry = {
  item: string
  /** Day (Shanghai) from which it is to be asked again. */
  due: string
  /** Day of the last answer that counted here. */
  last: string
  /** Full points how often in a row. */
  rights: number
  /** Memory as FSRS sees it. */
  card: Card
}

/** By item. Items that were never missed, or are stable by now, are not in it. */
export type Book = ReadonlyMap<string, Entry>

/**
 * FSRS 6 with its published default weights (https://github.com/open-spaced-repetition/ts-fsrs), 90 % retention, in whole
 * days: steps of minutes would keep people at the screen. Without fuzz, so that a replay gives the same. At most once a year.
 */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 })

/** Out of the book after two right answers in a row when the next one would be due later than this. */
const stableDays = 21
const stableRights = 2

/** Not how fast, only how right: all points, some, none. */
function ratingOf({ earned, possible }: ToldAnswer): Grade {
  if (earned >= possible) return Rating.Good
  return earned > 0 ? Rating.Hard : Rating.Again
}

/**
 * The book after further answers, which come in the order of their time. A question enters with a mistake. Of one in the
 * book only the first answer of a day counts: who has just read the solution shows nothing by repeating it.
 */
export function bookAfter(answers: readonly ToldAnswer[], before: Book = new Map()): Book {
  const book = new Map(before)
  for (const answer of answers) {
    const { item } = answer
    const next = entryAfter(answer, book.get(item))
    if (next) book.set(item, next)
    else book.delete(item)
  }
  return book
}

function entryAfter(answer: ToldAnswer, entry: Entry | undefined): Entry | undefined {
  const rating = ratingOf(answer)
  const on = dayOf(answer.at)
  if (!entry && rating === Rating.Good) return undefined
  if (entry && on <= entry.last) return entry
  // Noon of the day, so that elapsed days are whole ones, whatever the hour.
  const noon = new Date(noonOf(on))
  const { card } = scheduler.next(entry?.card ?? createEmptyCard(noon), noon, rating)
  const rights = rating === Rating.Good ? (entry?.rights ?? 0) + 1 : 0
  if (rights >= stableRights && card.scheduled_days > stableDays) return undefined
  return { item: answer.item, due: dayOf(card.due.toISOString()), last: on, rights, card }
}

/** What is due on a day, the longest due first. */
export const dueOn = (book: Book, today: string): Entry[] =>
  [...book.values()]
    .filter(({ due }) => due <= today)
    .sort((a, b) => (`${a.due} ${a.item}` < `${b.due} ${b.item}` ? -1 : 1))

/** How many come on which later day, the next first. */
export function comingAfter(book: Book, today: string): { on: string; count: number }[] {
  const later = [...book.values()].filter(({ due }) => due > today)
  return [...Map.groupBy(later, ({ due }) => due)]
    .map(([on, entries]) => ({ on, count: entries.length }))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
}

// 错题本 of a person: what is due today, in the places where it can be asked, and when the rest comes.
import { attemptsOf } from '#assessment/attempt/attempt.server.ts'
import { availableItems, sourcesNow } from '#assessment/bank/bank.server.ts'
import { answersOf, itemsBeingTested, type RecordedAnswer } from '#assessment/review/answers.server.ts'
import { bookAfter, comingAfter, dueOn, type ToldAnswer } from '#assessment/review/review.ts'
import { now } from '#clock.server.ts'
import { itemsOf, publishedCourses } from '#course/library.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { publicHalf } from '#quiz/public-half.ts'
import type { Item, PublicQuestion } from '#quiz/question.ts'

/** A question that can be asked again. */
export type AskedAgain = {
  question: PublicQuestion
  /** The lesson beside which it stands; empty for one of the bank. */
  lesson: string
  /** Where its passage can be read. */
  source: { title: string; href: string } | null
}

export type Mistakes = {
  /** To be asked now; a handful. */
  due: AskedAgain[]
  /** Due today beyond those. */
  more: number
  /** Due today, and answered today already. */
  done: number
  coming: { on: string; count: number }[]
}

const handful = 5

/**
 * The book of a person as of now.
 * @param shown an item that was just answered: it stays among the questions, so that the page can say what came of it.
 */
export async function mistakesOf(personId: string, shown: string | null = null): Promise<Mistakes> {
  const today = dayOf(now().toISOString())
  const told = await toldAnswers(personId)
  const [places, tested] = await Promise.all([placesNow(), itemsBeingTested(read, personId)])
  const canBeAsked = ({ item }: { item: string }) => places.has(item) && !tested.has(item)
  // What was due this morning stays of today, whatever was answered since.
  const morning = bookAfter(told.filter(({ at }) => dayOf(at) < today))
  const answered = new Set(told.flatMap(({ at, item }) => (dayOf(at) === today ? [item] : [])))
  const due = dueOn(morning, today).filter(canBeAsked)
  const left = due.filter(({ item }) => !answered.has(item) || item === shown)
  const book = new Map([...bookAfter(told)].filter(([, entry]) => canBeAsked(entry)))
  return {
    due: left.slice(0, handful).flatMap(({ item }) => asAsked(places.get(item))),
    more: Math.max(0, left.length - handful),
    done: due.filter(({ item }) => answered.has(item)).length,
    coming: comingAfter(book, today),
  }
}

type Place = Omit<AskedAgain, 'question'> & { item: Item }

const asAsked = (place: Place | undefined): AskedAgain[] =>
  place ? [{ question: publicHalf(place.item), lesson: place.lesson, source: place.source }] : []

/** Answers whose solutions were told: checks, practice, and tests that tell them. Nothing secure, nothing else of tests. */
async function toldAnswers(personId: string): Promise<ToldAnswer[]> {
  const attempts = await attemptsOf(read, personId)
  const telling = new Set(
    attempts.flatMap(({ id, blueprint }) =>
      blueprint.answers === 'solutions' && !blueprint.supervised ? [id] : [],
    ),
  )
  const isTold = ({ mode, attempt }: RecordedAnswer) =>
    mode === 'practice' || (mode === 'test' && attempt !== undefined && telling.has(attempt))
  return (await answersOf(personId))
    .filter(isTold)
    .map(({ item, effectiveAt: at, earned, possible }) => ({ item, at, earned, possible }))
}

/** Where items can be asked today: beside a published lesson, or in the open bank. */
async function placesNow(): Promise<Map<string, Place>> {
  const places = new Map<string, Place>()
  const sources = await sourcesNow()
  for (const { item } of await availableItems({ secure: false })) {
    const source = sources.get(item.source ?? '')
    places.set(item.id, {
      item,
      lesson: '',
      source: source ? { title: source.title, href: source.href } : null,
    })
  }
  for (const course of await publishedCourses()) {
    for (const { id, title, slug, revisionId } of course.lessons) {
      const source = { title, href: `/courses/${course.slug}/${slug}` }
      for (const item of (await itemsOf(revisionId)).values())
        places.set(item.id, { item, lesson: id, source })
    }
  }
  return places
}

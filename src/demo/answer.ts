// Wrong answers as people give them, in ways in which people are wrong; and what the event of an answer says.
import { randomFor, type Random } from '#demo/random.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { blindAnswer } from '#quiz/say-answer.ts'
import type { EventOf } from '#record/events/event.ts'

/** Of so many wrong guesses the nearest is given: people miss by a little more often than by all. */
const guesses = 4
/** After so many right ones in a row there is no wrong one. */
const patience = 100

/**
 * A wrong answer, mostly near the mark, of whatever kind: found by trying.
 * @throws Error if every answer is right, or none can be graded.
 */
export function wrongAnswer(random: Random, item: Item): Answer {
  // A stream of its own, so that how often is tried changes nothing else in the life of the person.
  const own = randomFor('wrong', item.id, random())
  const wrong: { answer: Answer; earned: number }[] = []
  for (let tries = 0; tries < patience && wrong.length < guesses; tries++) {
    const answer = blindAnswer(item, own)
    const graded = grade(item, answer)
    if (graded.type === 'graded' && graded.earned < graded.possible)
      wrong.push({ answer, earned: graded.earned })
  }
  const [nearest] = wrong.sort((a, b) => b.earned - a.earned)
  if (!nearest) throw new Error(`${item.id} cannot be answered wrongly.`)
  return nearest.answer
}

/** What the event of an answer says of the item and the points. @throws Error if the answer cannot be graded. */
export function answered(
  item: Item,
  answer: Answer,
): Pick<
  EventOf<'question-answered'>,
  'item' | 'itemRevision' | 'answer' | 'earned' | 'possible' | 'indicator' | 'difficulty' | 'guessing'
> {
  const graded = grade(item, answer)
  if (graded.type !== 'graded') throw new Error(`The answer to ${item.id} cannot be graded.`)
  const { id, revision: itemRevision, indicator, difficulty } = item
  const { earned, possible } = graded
  return { item: id, itemRevision, answer, earned, possible, indicator, difficulty, guessing: guessing(item) }
}

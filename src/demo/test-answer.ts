// How people answer in tests: whoever knows is right, whoever does not guesses, and whether one knows depends on ability
// and item (Lord 1980, ch. 2: the three-parameter logistic model), so that statistics look like those of real items.
import { normal, type Random, randomFor } from '#demo/random.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { blindAnswer, rightAnswer } from '#quiz/say-answer.ts'
import { parametersOf } from '#record/evidence/likelihood.ts'

/** How far items lie from their author's label: in difficulty, and in the logarithm of how sharply they separate. */
const offLabel = { difficulty: 0.4, sharpness: 0.3 }
/** Wrong options are not equally tempting: deviation of the logarithm of how many are drawn to each. */
const temptation = 0.7
/** Who does not know leaves it blank so often, where a paper lets him. */
const blank = 0.05
/** How sharply the able turn away from a key that is in doubt: the slope of a logistic curve, downwards. */
const turnsAway = 4

/**
 * The probability to know the answer, without luck. What an item is really like is drawn by its id: nobody knows it, and the
 * label is all that there is.
 */
export function knows(theta: number, item: Item): number {
  const { a, b } = parametersOf({ difficulty: item.difficulty, guessing: 0, calibration: null })
  const random = randomFor('item', item.id)
  const sharpness = a * Math.exp(offLabel.sharpness * normal(random))
  return 1 / (1 + Math.exp(-sharpness * (theta - b - offLabel.difficulty * normal(random))))
}

/** An answer of somebody with this ability; null where it is left blank. @param doubtful the key may be wrong: the able see more in it. */
export function answerTest(
  random: Random,
  theta: number,
  item: Item,
  { mayLeaveBlank, doubtful }: { mayLeaveBlank: boolean; doubtful: boolean },
): Answer | null {
  if (doubtful) {
    const takesKey = random() < 1 / (1 + Math.exp(turnsAway * theta))
    return takesKey ? rightAnswer(item) : tempted(() => 0, item)
  }
  const known = random() < knows(theta, item)
  if (known) return rightAnswer(item)
  if (mayLeaveBlank && random() < blank) return null
  return item.kind === 'single' && random() >= guessing(item) ? tempted(random, item) : luck(random, item)
}

/** One who chooses blindly is right as often as chance has it. */
const luck = (random: Random, item: Item): Answer =>
  item.kind === 'single' ? rightAnswer(item) : blindAnswer(item, random)

/** A wrong option of a choice, by how tempting each is; of another kind a blind answer. */
function tempted(random: Random, item: Item): Answer {
  if (item.kind !== 'single') return blindAnswer(item, random)
  const wrong = item.options
    .filter(({ id }) => id !== item.key)
    .map(({ id }) => ({ id, draws: Math.exp(temptation * normal(randomFor('option', item.id, id))) }))
    .sort((one, other) => other.draws - one.draws)
  let left = random() * wrong.reduce((sum, { draws }) => sum + draws, 0)
  const chosen = wrong.find(({ draws }) => (left -= draws) < 0) ?? wrong[0]
  return { kind: 'single', choice: chosen?.id ?? '' }
}

// Wrong answers as people give them, in ways in which people are wrong; and what the event of an answer says.
import { pick, shuffled, type Random } from '#demo/random.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Answer, Item } from '#quiz/question.ts'
import type { EventOf } from '#record/events/event.ts'

/** A wrong answer: mostly near the mark, as where two steps are swapped or one option is missed. */
export function wrongAnswer(random: Random, item: Item): Answer {
  switch (item.kind) {
    case 'single':
      return { kind: 'single', choice: otherThan(random, item.options, item.key) }
    case 'multiple':
      return {
        kind: 'multiple',
        choices: item.key.length > 1 ? item.key.slice(1) : [otherThan(random, item.options, ...item.key)],
      }
    case 'true-false':
      return { kind: 'true-false', choice: !item.key }
    case 'order':
      return { kind: 'order', order: swapped(random, item.key) }
    case 'match':
      return { kind: 'match', pairs: mismatched(random, item.key, item.right) }
    case 'fill-in':
      return { kind: 'fill-in', text: '不记得' }
  }
}

const otherThan = (random: Random, parts: readonly { id: string }[], ...ids: string[]) =>
  pick(
    random,
    parts.map(({ id }) => id).filter((id) => !ids.includes(id)),
  )

function swapped(random: Random, key: readonly string[]): string[] {
  const [one = 0, other = 1] = shuffled(
    random,
    key.map((_, i) => i),
  )
  return key.map((id, i) => (i === one ? key[other] : i === other ? key[one] : id) ?? id)
}

function mismatched(random: Random, key: Readonly<Record<string, string>>, right: readonly { id: string }[]) {
  const left = pick(random, Object.keys(key))
  return { ...key, [left]: otherThan(random, right, key[left] ?? '') }
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

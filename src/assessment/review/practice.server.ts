// Five questions of the open bank for one indicator, what was never answered first.
import { indicatorName } from '#assessment/attempt/names.server.ts'
import { availableItems, sourcesNow, type BankedItem } from '#assessment/bank/bank.server.ts'
import { answersOf, itemsBeingTested } from '#assessment/review/answers.server.ts'
import { chooseToPractise } from '#assessment/review/choose.ts'
import type { AskedAgain } from '#assessment/review/mistakes.server.ts'
import { read } from '#db/database.server.ts'
import { publicHalf } from '#quiz/public-half.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'

export type Practice = {
  name: string
  questions: AskedAgain[]
  /** Of so many in the bank, so many were never answered before. */
  all: number
  unseen: number
}

/** True for what somebody may practise: of the open bank, and graded by rule. */
export const isPractisable = ({ kind, secure }: Pick<BankedItem, 'kind' | 'secure'>) =>
  !secure && kind !== 'short-answer'

/**
 * What a person practises; null if there is no such indicator.
 * @param from instant (ms since 1970) at which this set began: answers given since then do not change it.
 */
export async function practiceOf(
  personId: string,
  indicator: string,
  from: number,
): Promise<Practice | null> {
  if (indicatorsOf(modelInUse().model).every(({ id }) => id !== indicator)) return null
  const [bank, answers, tested, sources] = await Promise.all([
    availableItems({ secure: false }),
    answersOf(personId),
    itemsBeingTested(read, personId),
    sourcesNow(),
  ])
  const items = bank.filter((one) => one.indicator === indicator && isPractisable(one) && !tested.has(one.id))
  const before = answers.filter(({ effectiveAt }) => Date.parse(effectiveAt) < from)
  const answered = new Map(before.map(({ item, effectiveAt }) => [item, effectiveAt]))
  const questions = chooseToPractise(items, answered, `${personId}/${from}`).map(({ item }): AskedAgain => {
    const source = sources.get(item.source ?? '')
    return {
      question: publicHalf(item),
      lesson: '',
      source: source ? { title: source.title, href: source.href } : null,
    }
  })
  return {
    ...{ name: indicatorName(indicator), questions, all: items.length },
    unseen: items.filter(({ id }) => !answered.has(id)).length,
  }
}

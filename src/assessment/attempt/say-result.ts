// A result in words: how much, how sure, and what that means. Nothing of passing or failing, nothing of others.
import type { Result } from '#assessment/attempt/result.ts'
import { levelOf } from '#record/capability/level.ts'
import { levelWord, plain } from '#record/capability/words.ts'

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%`

/** Points without needless decimals: 17, 17.5, 17.33. */
export const sayPoints = (points: number) => String(Math.round(points * 100) / 100)

/** What share of the points it was, and how far another paper of the sort might differ: two thirds lie within one error. */
export function sayScore({ earned, possible, error }: Result['score']): string {
  if (possible === 0) return '这一次没有可以计分的题。'
  const share = earned / possible
  return `得分率${percent(share)}。题目是抽出来的，换一份同样的卷子，多半会在${percent(share - error)}到${percent(share + error)}之间。`
}

type Estimate = NonNullable<Result['estimate']>

/** The estimate of an adaptive test as a level, and the levels within its error: one is not said without the other. */
export function sayLevel({ theta, se }: Pick<Estimate, 'theta' | 'se'>, cuts: readonly number[]) {
  const [low, high] = [levelOf(theta - se, cuts), levelOf(theta + se, cuts)]
  const range =
    low === high ? `算上误差也在${levelWord(low)}` : `多半在${levelWord(low)}到${levelWord(high)}之间`
  return { level: levelWord(levelOf(theta, cuts)), range }
}

/** The estimate of an adaptive test as a number with its error, and on what it rests. */
export function sayEstimate({ theta, se, provisional }: Estimate, dimension: string): string {
  const first = provisional ? '有的题目还没有校准，估计是初步的。' : ''
  return `“${dimension}”这一次的估计值是${plain(theta)}，误差正负${plain(se)}。只按这一次的作答算，以前的记录不算在内。${first}`
}

const stopWords: Record<NonNullable<Result['stopped']>, string> = {
  precise: '已经测得够准，提前结束。',
  length: '题数已满。',
  'no-item': '合适的题都出过了，提前结束。',
  person: '你提前交卷，按已答的题计分。',
  time: '时间到了，按已答的题计分。',
}

/** Why an adaptive test ended, and what of the attempt is not in the points, a sentence each. */
export function sayAside({ stopped, shown, answered, late, withdrawn, waiting }: Result): string[] {
  const open = shown - answered - withdrawn
  return [
    stopped ? stopWords[stopped] : '',
    open > 0 && stopped === null ? `${open}道题没有答，或者没有答完，按0分算，不作能力的依据。` : '',
    waiting > 0 ? `${waiting}道简答题等两位老师评分，评好以后成绩会更新。` : '',
    late > 0 ? `${late}道题的答案是到时间或交卷以后才收到的，已经存下，没有计分。` : '',
    withdrawn > 0 ? `${withdrawn}道题在你答题期间撤下了，不计分；你的答案还存着。` : '',
  ].filter(Boolean)
}

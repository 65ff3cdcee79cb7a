// The report of a calibration in plain Chinese, for whoever looks after the bank.
import {
  fewestFirstAnswers,
  fewestItems,
  type CalibratedDimension,
  type FoundItem,
} from '#assessment/calibration/calibrate-dimension.ts'
import { fewestAnchors } from '#assessment/calibration/link.ts'

const digits = (value: number) => value.toFixed(2)
const withError = (value: number, error: number | null) =>
  error === null ? digits(value) : `${digits(value)}±${digits(error)}`

/** One line an item: discrimination, difficulty, guessing, with standard errors; and what was in force. */
function sayItem({ id, answers, before, found, errors }: FoundItem): string {
  const what = `  ${id}：${answers}人答过，`
  if (!found) return `${what}答案定不下它的参数，这次不用。请看这道题的统计，多半是太容易、太难或答案标错了。`
  const { a, b, c } = found
  const now = `区分度${withError(a, errors.a)}，难度${withError(b, errors.b)}，猜中${digits(c)}`
  const was = before ? `（原来：区分度${digits(before.a)}，难度${digits(before.b)}）` : '（第一次校准）'
  return `${what}${now}${was}`
}

function sayScale({ scale }: CalibratedDimension): string[] {
  switch (scale.type) {
    case 'first':
      return ['  这方面还没有校准过，这些人就是量尺的起点：平均能力是0，差别是1。']
    case 'linked': {
      const { slope, shift } = scale.scale
      const how = `  用${scale.anchors.length}道锚题接上原来的量尺：新能力×${digits(slope)}${shift < 0 ? '−' : '+'}${digits(Math.abs(shift))}。`
      return [how, ...sayDrifted(scale.drifted)]
    }
    case 'too-few':
      return [
        `  接不上原来的量尺：至少要${fewestAnchors}道前后对得上的锚题，现在只有${scale.anchors.length}道。让校准过的题再多些人答，再来。`,
        ...sayDrifted(scale.drifted),
      ]
    case 'too-few-items':
      return [
        `  答的人够${fewestFirstAnswers}个的题不到${fewestItems}道，还不能校准。看人出题的测试（form: adaptive）不算，请开一份固定试卷。`,
      ]
    case 'not-converged':
      return ['  算到最后还没有稳定下来，不用这次的结果。等答的人多些再来。']
  }
}

const sayDrifted = (drifted: readonly { id: string; distance: number }[]) =>
  drifted.map(
    ({ id, distance }) =>
      `  锚题${id}变了（前后相差${Math.round(distance * 100)}%的得分），没有用来接量尺。请看它是不是泄露了，或者原文改了。`,
  )

/** What came of a dimension; `name` as people call it. */
export function sayCalibration(name: string, one: CalibratedDimension): string[] {
  const { items, waiting, people } = one
  const few =
    waiting.length > 0 ? [`  ${waiting.length}道题答的人还不到${fewestFirstAnswers}个，等等再说。`] : []
  return [`${name}：${people}人，${items.length}道题`, ...sayScale(one), ...items.map(sayItem), ...few]
}

/** How far the items of a test measure the same. */
export const sayAlpha = ({ title, alpha, length, people }: SaidAlpha) =>
  `${title}：${people}份答卷，每份约${length}题，信度（克龙巴赫α）${digits(alpha)}`

type SaidAlpha = { title: string; alpha: number; length: number; people: number }

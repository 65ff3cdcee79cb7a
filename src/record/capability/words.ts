// How the map speaks: levels, statuses and numbers in Chinese.
import type { EvidenceKind } from '#record/evidence/evidence.ts'
import type { Status } from '#record/capability/level.ts'
import type { MapDimension, MapIndicator } from '#record/capability/map.ts'

/** Status words of the map. */
export const statusWords: Record<Status, string> = {
  reached: '达标',
  'not-reached': '未达标',
  uncertain: '证据不足',
  unmeasured: '未测',
  'no-target': '未定目标',
}

/** What each status means, one sentence for the people it touches. */
export const statusMeanings: Record<Status, string> = {
  reached: '有八成以上的把握，已到岗位目标。',
  'not-reached': '有八成以上的把握，还没到岗位目标。',
  uncertain: '已有的证据还不能说到了没有，不代表低。',
  unmeasured: '证据不到两种，或者太少、太旧，不给出估计，不代表低。',
  'no-target': '现任岗位对这一项没有定目标。',
}

/** Stands in everything that is printed or downloaded (Personal Information Protection Law, Art. 24). */
export const noDecisionWord = '结果只用来安排学习，不作为任用、考核等人事决定的自动依据。'

/** The mark of an estimate made before items and raters are calibrated. */
export const provisionalWord = '初步'

/**
 * How sure it is that a target is reached, in tenths, rounded down so that it never says 八成 where the status does
 * not: 有九成把握, 不到一成把握.
 */
export function sureWord(probability: number): string {
  const tenths = Math.floor(Math.min(probability, 0.99) * 10 + 1e-9)
  if (tenths < 1) return '不到一成把握'
  return probability >= 0.99 ? '几乎有十成把握' : `有${countOf(tenths, '成')}把握`
}

/** Lessons finished that touch an indicator: 学过3课. */
export const coverageWord = (lessons: number): string => `学过${lessons}课`

/** Names of the kinds of evidence. */
export const kindWords: Record<EvidenceKind, string> = {
  practice: '课后练习',
  'unsupervised-test': '自测',
  'supervised-test': '监考测评',
  scenario: '情景题',
  procedure: '程序模拟',
  observation: '实务观察',
}

const digits = '零一二三四五六七八九'

/** A count from 0 to 99 in Chinese numerals: 二十四. */
export function numeral(count: number): string {
  if (count > 99) return String(count)
  const tens = Math.floor(count / 10)
  const ones = count % 10
  if (tens === 0) return digits.charAt(ones)
  return `${tens > 1 ? digits.charAt(tens) : ''}十${ones > 0 ? digits.charAt(ones) : ''}`
}

/** A count before a measure word: 两种, not 二种. */
export function countOf(count: number, measure: string): string {
  return `${count === 2 ? '两' : numeral(count)}${measure}`
}

/** A level: 三级. */
export function levelWord(level: number): string {
  return `${numeral(level)}级`
}

/** A number with its sign and two decimals: +0.12, −0.05, 0.00. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(2)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

/** A number with two decimals and a true minus sign. */
export function plain(value: number): string {
  return signed(value).replace('+', '')
}

/**
 * Rounds to two decimals so that the rounded values add up to the rounded sum (largest remainders): a list that a
 * person adds by hand comes out right. No value moves by more than 0.01.
 */
export function roundTogether(values: readonly number[]): number[] {
  const scaled = values.map((value) => value * 100)
  const floors = scaled.map(Math.floor)
  const sum = Math.round(scaled.reduce((total, value) => total + value, 0))
  const missing = sum - floors.reduce((total, value) => total + value, 0)
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index))
  return floors.map((floor, index) => (floor + (raised.has(index) ? 1 : 0)) / 100)
}

/** A day as people write it: 2026年11月8日. */
export function dayWord(on: string): string {
  const [year, month, day] = on.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** How long ago, roughly: 今天, 5天前, 3个月前, 2年1个月前. */
export function ageWord(days: number): string {
  if (days < 1) return '今天'
  if (days < 31) return `${days}天前`
  const years = Math.floor(days / 365)
  const months = Math.floor((days % 365) / 30.5)
  return `${years > 0 ? `${years}年` : ''}${months > 0 ? `${months}个月` : ''}前`
}

/** How much evidence there is: 2种5条, or 没有证据. */
export function evidenceWord({ kinds, pieces }: Pick<MapIndicator, 'kinds' | 'pieces'>): string {
  return pieces === 0 ? '没有证据' : `${kinds}种${pieces}条证据`
}

/** How much of a dimension is known: 已测3/4，达标2项; with its own level where that may be shown. */
export function dimensionWord({ indicators, estimate }: MapDimension): string {
  const measured = indicators.filter((indicator) => indicator.estimate !== null).length
  const reached = indicators.filter(({ status }) => status === 'reached').length
  const whole = estimate ? `，整体${levelWord(estimate.level)}±${plain(estimate.sd)}` : ''
  return `已测${measured}/${indicators.length}，达标${reached}项${whole}`
}

/** What stands above the evidence of an indicator. */
export function indicatorWords({ estimate, target, kinds, pieces, provisional }: MapIndicator): string {
  const aim = target === null ? '现任岗位没有定目标' : `岗位目标${levelWord(target)}`
  if (pieces === 0) return `${aim}。还没有证据，这一项未测，不代表低。`
  const sources = `${countOf(kinds, '种')}证据，共${countOf(pieces, '条')}`
  if (!estimate) {
    const why = kinds < 2 ? '证据不到两种' : '证据太少，或者太旧'
    return `${aim}。${why}，这一项未测，不代表低。已有${sources}。`
  }
  const first = provisional ? '题目和评分人还没有校准，估计是初步的。' : ''
  return `估计值${plain(estimate.mean)}，误差正负${plain(estimate.sd)}，${aim}。来自${sources}。${first}`
}

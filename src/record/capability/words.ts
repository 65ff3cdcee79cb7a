// How the map speaks: levels, statuses and numbers in Chinese.
import type { EvidenceKind } from '#record/evidence/evidence.ts'
import type { Status } from '#record/capability/level.ts'

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
  unmeasured: '证据不到两种，不给出估计，不代表低。',
  'no-target': '现任岗位对这一项没有定目标。',
}

/** The mark of an estimate made before items and raters are calibrated. */
export const provisionalWord = '初步'

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

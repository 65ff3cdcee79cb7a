// How a cell of the map of a unit is said: short in the table, whole in a sentence. What is hidden has one word.
import type { Cell, Shown } from '#record/capability/unit/cell.ts'

/** What stands where nothing may be shown. */
export const hiddenWords = '不足5人或为保护他人隐去'

type Share = NonNullable<Cell['share']>

/** A share in figures, without the sign of percent: 45, ≥80, ≤20. */
export function figure(shown: Shown): string {
  if (shown.type === 'percent') return String(shown.percent)
  return shown.type === 'high' ? '≥80' : '≤20'
}

/** From at least to at most, as two figures; one where they are the same. */
export function figures({ sure, possible }: Share): string[] {
  return [...new Set([figure(sure), figure(possible)])]
}

/** One share with its sign: 45%, ≥80%. */
export const percentWord = (shown: Shown) => `${figure(shown)}%`

/** The whole interval: 45–70%, ≥80%. */
export const intervalWord = (share: Share) => `${figures(share).join('–')}%`

/** Points between the ends of a share from which on it tells neither of much nor of little. */
const wideApart = 40

/** Least points that lie between the ends: what is only said to be at most 20 is taken as 20. */
function apart({ sure, possible }: Share): number {
  const points = (shown: Shown) =>
    shown.type === 'percent' ? shown.percent : shown.type === 'high' ? 80 : 20
  return points(possible) - points(sure)
}

/**
 * Step of the heat map, 1 to 5, by the share of whom it is sure; 0 where the ends lie so far apart that a tint would
 * pass little evidence off as a low share.
 */
export function heat(share: Share): 0 | 1 | 2 | 3 | 4 | 5 {
  if (apart(share) >= wideApart) return 0
  const { sure } = share
  if (sure.type !== 'percent') return sure.type === 'high' ? 5 : 1
  if (sure.percent < 40) return 2
  return sure.percent < 60 ? 3 : 4
}

/** What step 0 of the heat map stands for. */
export const wideWords = `前后差${wideApart}以上：证据还少，看不出高低，不代表低`

/** What the steps of the heat map from 1 on stand for. */
export const heatWords = ['20以下', '21–39', '40–59', '60–79', '80以上'] as const

/** The share in a sentence, with its interval. */
export function sayShare({ sure, possible }: Share): string {
  if (sure.type === 'high') return '达标的在80%以上。'
  if (possible.type === 'low') return '能说达标的在20%以下，证据不足的也不多。'
  if (sure.type === 'low' && possible.type === 'high')
    return '有把握达标的在20%以下，连同证据不足的在80%以上：证据还太少，说不出高低。'
  if (sure.type === 'low' && possible.type === 'percent')
    return `有把握达标的在20%以下，连同证据不足的至多${possible.percent}%。`
  if (sure.type === 'percent' && possible.type === 'high')
    return `有把握达标的占${sure.percent}%，连同证据不足的在80%以上。`
  if (sure.type !== 'percent' || possible.type !== 'percent') return ''
  const open = possible.percent - sure.percent
  if (open === 0) return `达标的占${sure.percent}%，几乎没有证据不足的。`
  return `有把握达标的占${sure.percent}%，另有${open}%证据不足，所以在${sure.percent}%到${possible.percent}%之间。`
}

/** How many were measured, and of how many. */
export function sayCoverage({ measured }: Cell, members: number | null): string {
  if (measured === null) return '已测的人不足5人，或者露出人数就能推出别的格子，所以不写。'
  if (members === null || members < measured) return `已测${measured}人。`
  return `${members}人里已测${measured}人，其余是未测，不代表低。`
}

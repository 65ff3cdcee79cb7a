// How the learning health of a unit is said: how many, whether that changed, and what to look at. No unit is compared
// with another, and there is no sum of it all: shares of different things do not add up to anything.
import type { HealthIndex } from '#plan/health/figure.ts'
import type { Shown } from '#record/capability/unit/cell.ts'

/** A figure on the first day of a month; null where it may not be shown, or was not noted. */
export type HealthMonth = { on: string; share: Shown | null; people: number | null }

export type HealthFigure = HealthIndex['figures'][number] & {
  /** The earliest first. */
  months: HealthMonth[]
}

export type UnitHealth = {
  /** Published each quarter, not noted each month. */
  quarterly: boolean
  figures: HealthFigure[]
}

/** The share in the words of a table: 64%, 80%以上, 20%以下. */
export function shareWord(share: Shown): string {
  if (share.type === 'percent') return `${share.percent}%`
  return share.type === 'high' ? '80%以上' : '20%以下'
}

/** A month as a heading: 2026年11月. */
export const monthWord = (on: string) => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月`

/** What a figure gives reason to do: `look` at it, nothing (`well`), or to go on. */
export type Notice = { kind: 'well' | 'on' | 'look'; words: string }

const fall = 10

/** What is noticed of the last month, and beside the one before which it is compared with. */
export function noticeOf(months: readonly HealthMonth[]): Notice | null {
  const now = months.at(-1)
  if (!now?.share) return null
  const change = changeOf(months)
  if (now.share.type === 'low') return { kind: 'look', words: '只有少数人，先看这一项' }
  if (change !== null && change < 0) return { kind: 'look', words: '在往下走，看看原因' }
  if (now.share.type === 'high') return { kind: 'well', words: '多数人都做到了' }
  return { kind: 'on', words: now.share.percent >= 50 ? '一半以上' : '不到一半' }
}

/** The month that the last one is compared with: three months before, or the nearest to it that is known and open. */
function comparedWith(months: readonly HealthMonth[]): HealthMonth | null {
  const now = months.at(-1)
  if (!now) return null
  const back = Number(now.on.slice(0, 4)) * 12 + Number(now.on.slice(5, 7)) - 4
  const day = `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}-01`
  const open = months.slice(0, -1).filter(({ share }) => share !== null)
  return open.findLast(({ on }) => on <= day) ?? open[0] ?? null
}

/** Whether the share rose or fell by what is more than two people and ten points: in points, 0 if hardly; null if unknown. */
function changeOf(months: readonly HealthMonth[]): number | null {
  const [now, before] = [months.at(-1), comparedWith(months)]
  if (now?.share?.type !== 'percent' || before?.share?.type !== 'percent') return null
  const points = now.share.percent - before.share.percent
  const few = Math.min(now.people ?? Infinity, before.people ?? Infinity)
  return Math.abs(points) < Math.max(fall, 200 / few) ? 0 : points
}

/** The change in a sentence. */
export function sayTrend(months: readonly HealthMonth[]): string {
  const [now, before] = [months.at(-1), comparedWith(months)]
  if (!now?.share) return '这一项涉及的不足5人，或为保护他人隐去，不代表低。'
  if (!before?.share) return '还没有更早的数可比。'
  const then = monthWord(before.on)
  const change = changeOf(months)
  if (change === 0) return `和${then}（${shareWord(before.share)}）差不多。`
  if (change !== null)
    return `比${then}（${shareWord(before.share)}）${change > 0 ? '高' : '低'}了${Math.abs(change)}个百分点，这段时间人员也有进出。`
  if (now.share.type === before.share.type) return `${then}也在${shareWord(before.share)}。`
  return `${then}是${shareWord(before.share)}。`
}

/** All months in one sentence, for who does not see the picture. */
export function saySeries(name: string, months: readonly HealthMonth[]): string {
  const each = months.map(({ on, share }) => `${monthWord(on)}${share ? shareWord(share) : '不打开'}`)
  return `${name}：${each.join('，')}。`
}

/** All figures in a few words: by what is noticed of them, each by its name, what is not open last. */
export function sumUp(figures: readonly HealthFigure[]): string {
  const alike = Map.groupBy(figures, ({ months }) => noticeOf(months)?.words ?? '不打开')
  const shut = (words: string) => Number(words === '不打开')
  return [...alike]
    .sort(([one], [other]) => shut(one) - shut(other))
    .map(([words, some]) => `${words}：${some.map(({ name }) => name).join('、')}。`)
    .join('')
}

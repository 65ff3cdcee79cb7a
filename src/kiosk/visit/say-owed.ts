// What somebody owes, in words for a screen that others may see: hours only, one sentence.
import type { Meter } from '#plan/owed.ts'

export const meterNames = { online: '网络自学', concentrated: '集中培训' } as const

const number = (hours: number) => String(Math.round(hours * 100) / 100)

/** The years that a meter is about: 2026年. */
export function sayPeriod({ from, to, makeUp }: Pick<Meter, 'from' | 'to' | 'makeUp'>): string {
  if (makeUp) return `提任前欠缺，${Number(to.slice(0, 4))}年${Number(to.slice(5, 7))}月底前补齐`
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)]
  return first === last ? `${first}年` : `${first}年至${last}年`
}

/** All that is left, in one sentence. */
export function sayOwed(meters: readonly Meter[]): string {
  if (meters.length === 0) return '现任岗位没有学时要求。'
  const left = meters.filter((meter) => meter.left > 0)
  if (left.length === 0) return '要求的学时都满了。'
  const parts = left.map(
    (meter) => `${meterNames[meter.meter]}（${sayPeriod(meter)}）还差${number(meter.left)}学时`,
  )
  return `${parts.join('，')}。`
}

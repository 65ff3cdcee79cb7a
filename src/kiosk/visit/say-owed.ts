// What somebody owes, in words for a screen that others may see: hours only, one sentence.
import type { Meter } from '#plan/owed.ts'
import { meterNames, sayPeriod } from '#plan/say-meter.ts'

const number = (hours: number) => String(Math.round(hours * 100) / 100)

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

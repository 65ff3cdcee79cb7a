// The severity of a rater in words, for himself.
import { personsNeeded, readingsNeeded } from '#record/capability/severity.ts'

/** Levels below which nobody could tell the difference. */
const noticeable = 0.1

/** @param levels how far he names levels too low (positive) or too high; null while too little is known. */
export function saySeverity(levels: number | null): string {
  if (levels === null)
    return `还没有算出你的尺度。记满${readingsNeeded}次、${personsNeeded}个人以后，每月算一次。`
  if (Math.abs(levels) < noticeable) return '你的尺度和大家差不多。'
  const side = levels > 0 ? '偏严' : '偏宽'
  return `你的尺度比大家${side}约${Math.abs(levels).toFixed(1)}级。`
}

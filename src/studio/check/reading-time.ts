// Whether the minutes that the author promises are the ones that readers will need.
import type { Root } from 'mdast'
import { nominalOf } from '#course/check-lesson.ts'
import { allowedMinutes } from '#course/minutes.ts'
import type { Place } from '#course/problem.ts'
import type { Advice } from '#studio/check/advice.ts'

/** Of the calculated minutes, how far the promise may lie before it is worth a word; the door's bound is a half. */
const worthSaying = 0.25

/** Advice when the promise is off by more than a quarter, yet within what the door lets pass. */
export function adviseMinutes(tree: Root, declared: number | undefined, at: Place): Advice[] {
  const calculated = nominalOf(tree)
  const { least, most } = allowedMinutes(calculated)
  if (declared === undefined || declared < least || declared > most) return []
  if (Math.abs(declared - calculated) <= Math.max(1, calculated * worthSaying)) return []
  return [
    {
      ...at,
      kind: 'reading-time',
      message: `写的是${declared}分钟，按篇幅、题目和音视频算，要${calculated}分钟。`,
      mend: `请人读一遍看看，或把 minutes 改成${calculated}。`,
    },
  ]
}

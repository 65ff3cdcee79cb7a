// The move of one indicator in words.
import type { Move } from '#assessment/attempt/moves.server.ts'
import { levelWord, plain } from '#record/capability/words.ts'

type Estimate = NonNullable<Move['after']>

const say = ({ mean, sd, level }: Estimate) => `${levelWord(level)}（${plain(mean)}±${plain(sd)}）`

/** What this attempt did to the estimate of an indicator, and why nothing is shown where nothing is. */
export function sayMove({ evidence, review, before, after }: Move): string {
  const again = review > 0 ? `有${review}题半年内答过，算复习。` : ''
  if (evidence === 0) return `这一次的${review}题半年内都答过，算复习，估计没有变。`
  if (!after) return `记下${evidence}条依据。依据还只有一种，这一格先不打开，不代表低。${again}`
  if (!before) return `打开了：估计${say(after)}。${again}`
  if (before.level === after.level)
    return `还在${levelWord(after.level)}（从${plain(before.mean)}±${plain(before.sd)}到${plain(after.mean)}±${plain(after.sd)}）。${again}`
  return `从${say(before)}到${say(after)}。${again}`
}

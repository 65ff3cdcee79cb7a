// What may be said of a year's change of a unit at one indicator: only what two open cells hold.
import type { Cell } from '#record/capability/unit/cell.ts'
import { dayWord } from '#record/capability/words.ts'

/**
 * The change in a sentence.
 * @param before the cell a year ago; null if nothing was kept then. @param on the day of that cell.
 */
export function sayChange(now: Cell, before: Cell | null, on: string): string {
  if (!before) return '一年前还没有存底，满一年以后才能比较。'
  const [here, there] = [boundsOf(now), boundsOf(before)]
  if (here === 'hidden') return '现在这一格不打开，不比较。'
  if (there === 'hidden') return `一年前（${dayWord(on)}）这一格不打开，不比较。`
  if (here === 'clipped' || there === 'clipped')
    return `一年前（${dayWord(on)}）或现在，有一头只说到80%以上或20%以下，算不出变化。`
  const were = `一年前（${dayWord(on)}）在${there.from}%到${there.to}%之间，现在在${here.from}%到${here.to}%之间。`
  if (here.from > there.to) return `${were}提高了至少${here.from - there.to}个百分点。这一年里人员也有进出。`
  if (here.to < there.from) return `${were}降低了至少${there.from - here.to}个百分点。这一年里人员也有进出。`
  return `${were}两段有重叠，还不能说有变化。`
}

function boundsOf({ share }: Cell): 'hidden' | 'clipped' | { from: number; to: number } {
  if (!share) return 'hidden'
  const { sure, possible } = share
  if (sure.type !== 'percent' || possible.type !== 'percent') return 'clipped'
  return { from: sure.percent, to: possible.percent }
}

/** The same month a year earlier, as its first day. @param on any day. */
export const yearBefore = (on: string) => `${Number(on.slice(0, 4)) - 1}${on.slice(4, 7)}-01`

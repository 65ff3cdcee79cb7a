// What is known of the readers of one lesson, ready to be shown: nothing in it is about fewer than five people.
import type { CheckFigures } from '#studio/readers/describe-checks.ts'
import { overTime, type TimeNeeded } from '#studio/readers/time-needed.ts'
import { lowStars, type StarFigures } from '#studio/readers/star-figures.ts'
import { sayStretch, worstStop, type Stops } from '#studio/readers/where-readers-stop.ts'

/** Each part is null, or missing, while fewer than five people have come so far. */
export type LessonFigures = {
  stops: Stops | null
  checks: CheckFigures[]
  time: TimeNeeded | null
  stars: StarFigures | null
}

/** Why a lesson should be looked at, and how much: 0 to 1. */
export type Concern = { reason: string; weight: number }

const inTenths = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** The most pressing reason to look at a lesson, or null. */
export function concernOf({ stops, checks, time, stars }: LessonFigures): Concern | null {
  const concerns: Concern[] = []
  const stop = stops && worstStop(stops)
  if (stop) {
    const many = inTenths[Math.round(stop.share * 10)] ?? ''
    concerns.push({ reason: `${many}成读者停在${sayStretch(stop.stretch)}。`, weight: stop.share })
  }
  for (const { stem, remarks, trouble } of checks)
    if (remarks[0]) concerns.push({ reason: `检查题“${shortened(stem)}”：${remarks[0]}`, weight: trouble })
  if (stars && stars.mean <= lowStars)
    concerns.push({
      reason: `${stars.count}人选了数，平均${stars.mean.toFixed(1)}（1是很难懂，5是很有用）。`,
      weight: (5 - stars.mean) / 4,
    })
  const times = time && overTime(time)
  if (time && times)
    concerns.push({
      reason: `一半的人要用${time.median}分钟以上，写的是${time.promised}分钟。`,
      weight: Math.min(1, (times - 1) / 2),
    })
  return concerns.toSorted((a, b) => b.weight - a.weight)[0] ?? null
}

const shortened = (text: string) => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > 20 ? `${plain.slice(0, 20)}……` : plain
}

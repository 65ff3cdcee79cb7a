// When the rest of the book comes, in words.
import { dayAfter } from '#day.ts'

/** 明天2道，11月30日1道 … : the next few days, and how many come after them. */
export function sayComing(coming: readonly { on: string; count: number }[], today: string): string {
  const near = coming.slice(0, 3).map(({ on, count }) => {
    const [, month, day] = on.split('-').map(Number)
    return `${on === dayAfter(today, 1) ? '明天' : `${month}月${day}日`}${count}道`
  })
  const rest = coming.slice(3).reduce((sum, { count }) => sum + count, 0)
  return [...near, ...(rest > 0 ? [`以后${rest}道`] : [])].join('，')
}

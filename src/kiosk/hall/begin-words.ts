// Words that a host at the screen chooses from, because there is no keyboard.
import { dayOf } from '#day.ts'

/** What else may be on the agenda. */
export const agendaLines = ['通报村务公开情况', '议一议身边事', '谈体会', '布置下一步'] as const

/** Sentences for the minutes; more is typed on the phone. */
export const minuteLines = (lesson: string | null): string[] => [
  ...(lesson === null ? [] : [`集体学习《${lesson}》。`]),
  '通报了村务公开情况。',
  '大家谈了体会。',
  '议了下一步要做的事。',
]

/** `11月27日三会一课`; the second of a day says so, because a title stands in the record once a day. */
export function titleFor(kind: string, at: number, others: readonly { title: string }[]): string {
  const on = dayOf(new Date(at).toISOString())
  const title = `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日${kind}`
  const taken = new Set(others.map((one) => one.title))
  const names = ['', '（第二场）', '（第三场）', '（第四场）'].map((more) => title + more)
  return names.find((name) => !taken.has(name)) ?? title
}

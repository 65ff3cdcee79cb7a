// Words of halls, for pages and screens.
import { dayOf, minuteOf } from '#day.ts'
import type { HallState } from '#kiosk/hall/hall-state.ts'
import type { Stay } from '#kiosk/hall/stay.ts'

export const stateWords: Record<HallState['state'], string> = {
  planned: '还没有开始',
  open: '正在进行',
  ended: '等主持人确认名单',
  confirmed: '名单已确认',
  dropped: '作罢',
}

export const viaWords = { phone: '扫码报到', pin: '在大屏上报到', host: '主持人写入' } as const

/** `11月20日 14:00`. */
export function sayMoment(at: string): string {
  const on = dayOf(at)
  return `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日 ${minuteOf(at)}`
}

/** `迟到12分钟，提前10分钟离开`, or nothing. */
export function sayStay({ late, early }: Stay): string {
  const words = [late > 0 ? `迟到${late}分钟` : '', early > 0 ? `提前${early}分钟离开` : '']
  return words.filter(Boolean).join('，')
}

/** What is said where the list and the heads differ; nothing where they agree. It is said, not forced. */
export function sayHeads(confirmed: number, heads: number): string {
  if (confirmed === heads) return ''
  const more = Math.abs(confirmed - heads)
  return confirmed > heads
    ? `名单上比数到的多${more}人。请核对有没有不在场的名字。`
    : `数到的比名单上多${more}人。可能有没报到的人，或有不记学时的人。`
}

// Instants as administrators read them, in Shanghai.
import { dayOf } from '#day.ts'

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
})

/** The day of an instant: 2026-11-22. */
export const sayDay = (at: string) => dayOf(at)

/** Day and time of an instant: 2026-11-22 09:30:05. */
export const sayTime = (at: string) => `${dayOf(at)} ${clock.format(Date.parse(at))}`

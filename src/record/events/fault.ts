// What the shape of an event alone cannot forbid. Asked at the door only, so that what was once stored stays readable.
import { dayClaimed } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'

/** Why an event cannot have happened, and how to mend it, both in Chinese; null if it can. `today` is in Shanghai. */
export function faultOf(event: Event, today: string): { message: string; hint: string } | null {
  const on = dayClaimed(event)
  if (on !== null && on > today)
    return { message: `“${dayField(event)}”写的${on}还没有到。`, hint: '请填实际发生的日期。' }
  if (event.kind === 'hours-imported' && event.endOn < event.startOn)
    return {
      message: `“endOn”写的${event.endOn}比“startOn”写的${event.startOn}还早。`,
      hint: '请核对起止日期。',
    }
  if (event.kind === 'question-answered' && event.earned > event.possible)
    return {
      message: `“earned”写的${event.earned}比满分${event.possible}还多。`,
      hint: '请核对得分和满分。',
    }
  return null
}

function dayField(event: Event): string {
  return 'observedOn' in event ? 'observedOn' : 'endOn' in event ? 'endOn' : 'on'
}

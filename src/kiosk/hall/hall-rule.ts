// What a collective study is worth by the rule set in force. Most published rules say nothing of it; then the minutes of
// the session count as the rule counts minutes, and that this is only the platform's default is said wherever it is shown.
import { activityHours } from '#record/hours/activity.ts'
import { hoursFor, type HourRule } from '#record/hours/rule.ts'

export type Worth = {
  /** 学时 for who stayed; 0 where the session was too short for any. */
  hours: number
  meter: 'online' | 'concentrated'
  /** The activity of the rule set under whose caps it falls. */
  activity: string | null
  /** How it came about, a Chinese sentence without its stop. */
  basis: string
}

/** A shorter session gives nothing: rules that count in steps would give a quarter of an hour for a minute, again and again. */
export const leastMinutes = 15

/** What a session of so many minutes gives. */
export function hallWorth(rule: HourRule, minutes: number): Worth {
  const named = `${rule.title}（${rule.id}@${rule.version}）`
  if (minutes < leastMinutes) {
    const basis = `不到${leastMinutes}分钟的集体学习，按本平台的规定不记学时`
    return { hours: 0, meter: 'concentrated', activity: null, basis }
  }
  const activity = rule.activities?.find(({ gives }) => gives?.session !== undefined)
  if (activity) {
    const hours = activityHours(activity, { session: 1 })
    const basis = `按${named}，“${activity.title}”每次${hours}学时`
    return { hours, meter: activity.meter, activity: activity.id, basis }
  }
  const hours = hoursFor(rule, minutes)
  const basis = `${named}没有写集体学习怎样记，按本平台的缺省，把${minutes}分钟照它的折算办法记${hours}学时，记在集中培训一本`
  return { hours, meter: 'concentrated', activity: null, basis }
}

// What a row of an upload may refer to today: the activities of the hour rule in force.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Activity } from '#archive/hours-entry.ts'
import type { Frame } from '#archive/read-row.ts'
import { activityHours } from '#record/hours/activity.ts'
import { versionsInForce } from '#record/versions.server.ts'

export async function frameToday(): Promise<Frame> {
  const at = now().toISOString()
  const { id, version, activities = [] } = (await versionsInForce()).hourRule(at)
  return {
    rule: `${id}@${version}`,
    today: dayOf(at),
    activities: activities.map((one): Activity => ({
      id: one.id,
      title: one.title,
      meter: one.meter,
      hoursOfDay: activityHours(one, { day: 1 }) || null,
    })),
  }
}

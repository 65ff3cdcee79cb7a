// A file of hours from elsewhere that the officer of 白石镇 has entered and nobody has approved yet.
import type { HoursEntry } from '#archive/hours-entry.ts'
import { dayAfter } from '#day.ts'
import { write } from '#db/database.server.ts'
import { hoursBatch, hoursRow } from '#db/schema/record.ts'
import { momentOf } from '#demo/calendar.ts'
import { idsFrom } from '#demo/id.ts'
import { heldOn } from '#demo/people.ts'
import { randomFor } from '#demo/random.ts'
import type { World } from '#demo/year.ts'

/** Who was sent to the class: secretaries and directors of the villages of the township. */
const posts = ['village-secretary', 'village-director']

/** Enters the batch as it would have been stored on a day near the end of the year. */
export async function enterWaitingHours({ people, year }: Pick<World, 'people' | 'year'>): Promise<void> {
  const officer = people.find(({ number }) => number === 'officer')
  if (!officer) return
  const enteredOn = dayAfter(year.lastOn, -5)
  const entry: HoursEntry = {
    meter: 'concentrated',
    title: '市委组织部村党组织书记能力提升示范培训班（第二期）',
    organiser: '市委组织部',
    startOn: dayAfter(enteredOn, -12),
    endOn: dayAfter(enteredOn, -10),
    hours: 24,
    nature: 'compulsory',
    entry: {
      category: '在职',
      institution: '市委党校',
      plannedHours: 24,
      attendedHours: 24,
      result: '结业',
      source: '导入',
    },
  }
  const sent = people.filter(
    (one) =>
      one.keeper.id === officer.keeper.id &&
      heldOn(one, entry.endOn).some(({ post }) => posts.includes(post)),
  )
  const enteredAt = momentOf(enteredOn, 15 * 60 + 20)
  const batchId = idsFrom(randomFor('waiting-hours'))(enteredAt)
  await write(async (tx) => {
    await tx.insert(hoursBatch).values({
      ...{ id: batchId, fileName: '市委党校示范班学时（白石镇）.xlsx', enteredBy: officer.id },
      enteredAt: new Date(enteredAt).toISOString(),
    })
    await tx
      .insert(hoursRow)
      .values(sent.map(({ id: personId }, i) => ({ batchId, line: i + 2, personId, body: entry })))
  })
}

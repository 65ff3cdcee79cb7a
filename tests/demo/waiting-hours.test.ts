import { expect, test } from 'vitest'
import type { HoursEntry } from '#archive/hours-entry.ts'
import { read } from '#db/database.server.ts'
import { hoursBatch, hoursRow } from '#db/schema/record.ts'
import { demoYear } from '#demo/calendar.ts'
import { buildCounty } from '#demo/county.ts'
import { inventPeople } from '#demo/people.ts'
import { enterWaitingHours } from '#demo/waiting-hours.server.ts'
import { faultOf } from '#record/events/fault.ts'
import { Event } from '#record/events/event.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

test('a file of the officer of 白石镇 waits for another officer, and every row of it can be approved', async () => {
  const year = demoYear('2026-11-22')
  const people = inventPeople(buildCounty(0), year)
  await enterWaitingHours({ people, year })
  const find = (id: string) => people.find((one) => one.id === id)
  const [batch] = await read.select().from(hoursBatch)
  expect(find(batch?.enteredBy ?? '')?.number).toBe('officer')
  expect(batch).toMatchObject({ approvedAt: null, undoneAt: null })
  const rows = await read.select().from(hoursRow)
  expect(rows.map(({ personId }) => find(personId)?.number)).toContain('learner')
  expect(new Set(rows.map(({ personId }) => find(personId)?.keeper.name))).toEqual(new Set(['白石镇']))
  for (const { personId, body } of rows) {
    const at = batch?.enteredAt ?? ''
    const common = { kind: 'hours-imported', id: batch?.id, person: personId, at, approvedBy: 'somebody' }
    expect(faultOf(Event.parse({ ...common, ...(body as HoursEntry) }), year.lastOn)).toBeNull()
  }
})

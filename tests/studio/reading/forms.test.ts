// What is sent from the page of readings is taken, or refused in words.
import { expect, test } from 'vitest'
import { ScheduleForm } from '#studio/reading/forms.ts'

test('a time that no calendar has is refused in words', () => {
  for (const at of ['2026-99-99T99:99', '2026-02-30T25:00', 'x', '2026-07-01'])
    expect(ScheduleForm.safeParse({ draft: 'd', at }).error?.issues[0]?.message).toMatch(/。$/)
})

test('a time is of the county, and none takes the plan back', () => {
  expect(ScheduleForm.parse({ draft: 'd', at: '2026-07-01T08:30' }).at).toBe('2026-07-01T00:30:00.000Z')
  expect(ScheduleForm.parse({ draft: 'd', at: null }).at).toBeNull()
  expect(ScheduleForm.parse({ draft: 'd' }).at).toBeNull()
})

import { expect, test } from 'vitest'
import { backupDue, testDue } from '#process/backup-due.ts'

const at = (iso: string) => Date.parse(iso)

test.each([
  ['there is none', '2026-11-27T08:00+08:00', null, true],
  ['the last is of the evening before', '2026-11-27T00:30+08:00', '2026-11-26T20:00+08:00', true],
  ['the last is of this night', '2026-11-27T08:00+08:00', '2026-11-27T00:30+08:00', false],
  ['it is not yet half past midnight', '2026-11-27T00:29+08:00', '2026-11-26T00:30+08:00', false],
  ['the machine was off in the night', '2026-11-27T08:30+08:00', '2026-11-26T17:00+08:00', true],
  ['it was off for a week', '2026-11-27T08:30+08:00', '2026-11-20T00:30+08:00', true],
  ['somebody made one this morning', '2026-11-27T09:30+08:00', '2026-11-27T08:00+08:00', false],
])('whether a backup is due: %s', (_, now, newest, due) => {
  expect(backupDue(at(now), newest === null ? null : at(newest))).toBe(due)
})

const tested = (day: string, ok = true) => ({ at: `${day}T01:00:00.000Z`, backup: 'old', ok, said: [] })

test.each([
  ['never tested', null, 'new', true],
  ['tested yesterday', tested('2026-11-26'), 'new', false],
  ['tested a week ago', tested('2026-11-20'), 'new', true],
  ['a bad one yesterday, and another since', tested('2026-11-26', false), 'new', true],
  ['a bad one yesterday, and no other', tested('2026-11-26', false), 'old', false],
])('whether a test is due: %s', (_, last, newest, due) => {
  expect(testDue(at('2026-11-27T01:00:00.000Z'), newest, last)).toBe(due)
})

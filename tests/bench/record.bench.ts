// One answer through the door: its event, its evidence, the belief that it moves, and a commit of its own.
import { test } from 'vitest'
import { v7 } from 'uuid'
import { record } from '#record/record.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from '../record/happenings.ts'

freshDatabase()
happen.underYunnan()

/** As many answers of one person to one indicator as a year brings. */
const mostPieces = 30

test('record()', async ({ bench }) => {
  let count = 0
  let person = happen.somebody()
  await bench('an answer, committed', async () => {
    if (count++ % mostPieces === 0) person = happen.somebody()
    await record(happen.answered({ person, item: `itm-${count}`, id: v7() }))
  }).run()
})

// Throws away everything derived and derives it again, person by person, in short jobs between other writes.
import { read, write } from '#db/database.server.ts'
import { chain } from '#db/schema/record.ts'
import { deriveAgain } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Rebuilds all persons; `report` hears (events done, persons done, persons in all). Returns the number of events. */
export async function rebuild(report: (events: number, done: number, all: number) => void): Promise<number> {
  const inForce = await versionsInForce()
  const people = await read.select({ id: chain.personId }).from(chain)
  let events = 0
  for (const [i, { id }] of people.entries()) {
    events += await write((tx) => deriveAgain(tx, id, inForce))
    report(events, i + 1, people.length)
  }
  return events
}

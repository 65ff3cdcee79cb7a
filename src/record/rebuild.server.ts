// Throws away everything derived and derives it again, person by person, in short jobs between other writes.
import { read, write } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
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

/** The command behind `npm run rebuild`, for the running process and for a process of its own. */
export const rebuildCommands: Commands = {
  rebuild: async (_, say) => {
    const began = performance.now()
    let told = 0
    const events = await rebuild((count, done, all) => {
      const percent = Math.floor((done / all) * 100)
      if (percent < told + 10 && done < all) return
      told = percent
      say(`已推算${done}人，共${all}人（${percent}%），${count}条事件`)
    })
    const seconds = (performance.now() - began) / 1000
    return `完成：${events}条事件重新推算，用了${seconds.toFixed(1)}秒，每秒${Math.round(events / Math.max(seconds, 0.001))}条。`
  },
}

// A loop that sends beats as fast as the line carries them.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: '10,000 beats in a second, each claiming half a minute',
  witness: { forger: { credited: 0, counted: 1.3 } },
  why: 'A minute and a quarter went by on the stopwatch, in which he answered the checks; the second of beats is a second.',
  play: async (world) => {
    const forger = await world.somebody('forger')
    const visit = await forger.open('lsn-sizhi')
    await visit.answerAll()
    const beats = Array.from({ length: 10_000 }, () => visit.next(30, { finish: true }))
    const line = async () => {
      for (let beat = beats.shift(); beat; beat = beats.shift()) await forger.send('beat', beat)
    }
    await Promise.all(Array.from({ length: 64 }, line))
  },
} satisfies Trace

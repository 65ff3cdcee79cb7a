// Recorded requests are sent again, into the open visit and after its end.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'two minutes of beats replayed a hundred times, then again the next day',
  witness: { replayer: { credited: 0, counted: 2.1 } },
  why: 'Two minutes were read; a recording of them is not another two minutes.',
  play: async (world) => {
    const replayer = await world.somebody('replayer')
    const visit = await replayer.open('lsn-sizhi')
    const recorded = []
    for (let i = 0; i < 4; i++) {
      await world.pass(30)
      recorded.push(visit.next(30))
      await replayer.send('beat', recorded.at(-1))
    }
    for (let times = 0; times < 100; times++) for (const beat of recorded) await replayer.send('beat', beat)
    await visit.close(recorded.at(-1))
    await world.pass(24 * 3600)
    await replayer.send('open', { lesson: 'lsn-sizhi', segment: visit.segment })
    for (const beat of recorded) await replayer.send('beat', beat)
  },
} satisfies Trace

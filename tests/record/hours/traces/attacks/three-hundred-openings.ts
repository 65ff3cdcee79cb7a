// The five seconds that a slow line is allowed, collected by opening and leaving again and again.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: '300 visits opened and left at once, each claiming its grace',
  witness: { collector: { credited: 0, counted: 1 } },
  why: 'The page was opened and closed all the time; nobody read for a second.',
  play: async (world) => {
    const collector = await world.somebody('collector')
    for (let i = 0; i < 300; i++) {
      const visit = await collector.open('lsn-sizhi')
      await visit.close(visit.next(5, { finish: true }))
      await world.pass(5)
    }
  },
} satisfies Trace

// Beats numbered far ahead, so that the honest numbers after them count as repeats of something larger.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'a beat numbered a million ahead, and endings with another’s beat',
  witness: { forger: { credited: 0, counted: 2.1 }, victim: { credited: 0, counted: 1.1 } },
  why: 'Two minutes and one minute; numbers of requests are not minutes.',
  play: async (world) => {
    const forger = await world.somebody('forger')
    const victim = await world.somebody('victim')
    const theirs = await victim.open('lsn-sizhi')
    await theirs.read(1)
    const visit = await forger.open('lsn-sizhi')
    await world.pass(60)
    await forger.send('beat', { ...visit.next(60), seq: 1_000_000 })
    await forger.send('beat', { ...visit.next(86_400), seq: 9_007_199_254_740_991 })
    await forger.send('close', { segment: visit.segment, last: theirs.next(3600) })
    await forger.send('close', { segment: theirs.segment, last: visit.next(3600) })
    const next = await forger.open('lsn-sizhi')
    await world.pass(60)
    await forger.send('close', {
      segment: next.segment,
      last: { ...next.next(86_400), segment: visit.segment },
    })
  },
} satisfies Trace

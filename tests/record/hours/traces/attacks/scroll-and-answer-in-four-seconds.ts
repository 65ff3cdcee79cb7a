// A script that scrolls to the end, answers from a list of keys and leaves the page open.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'a script that scrolls and answers everything in 4 s',
  witness: { script: { credited: 0, counted: 12.2 } },
  why: 'Nobody read a line: the answers came before the questions could be read. What the stopwatch saw is an open page.',
  play: async (world) => {
    const script = await world.somebody('script')
    const visit = await script.open('lsn-sizhi')
    await world.pass(4)
    await visit.beat(4)
    for (const item of visit.lesson.keys) await script.answer('lsn-sizhi', item)
    for (let i = 0; i < 24; i++) {
      await world.pass(30)
      await visit.beat(30, { finish: true })
    }
    await visit.close()
  },
} satisfies Trace

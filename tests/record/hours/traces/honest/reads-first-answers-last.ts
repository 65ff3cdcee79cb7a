// Reads everything, thinks about all the checks together, then answers them one after the other.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'all checks answered in a row at the end',
  witness: { reader: { credited: 11, counted: 12.1 } },
  why: 'He had read the questions on the way; clicking four answers takes a few seconds.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    await visit.read(12)
    for (const item of visit.lesson.keys) {
      await world.pass(1)
      await reader.answer('lsn-sizhi', item)
    }
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

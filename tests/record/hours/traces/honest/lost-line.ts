// The line is gone for twenty minutes; the page keeps the time and tells it in one beat.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'the network lost for 20 minutes while reading',
  witness: { reader: { credited: 11, counted: 24.25 } },
  why: 'He read on while the line was down; nobody can see that from the other end, and half an hour is believed and marked.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    await visit.read(3)
    await world.pass(20 * 60)
    await visit.beat(20 * 60)
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

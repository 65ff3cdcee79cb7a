// Reads with the space bar and answers with the arrow keys; every key is a sign.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a reader with nothing but a keyboard',
  witness: { reader: { credited: 11, counted: 12.25 } },
  why: 'Eleven minutes from section to section, and the checks.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    for (let i = 1; i <= 22; i++) {
      await world.pass(30)
      const reached = Math.ceil((i / 22) * visit.lesson.sections.length)
      await visit.beat(29.8, { sections: visit.lesson.sections.slice(0, reached) })
    }
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

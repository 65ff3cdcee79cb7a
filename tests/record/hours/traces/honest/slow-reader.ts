// Reads every line twice and stirs the page only every four minutes.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a slow reader who takes 24 minutes',
  witness: { reader: { credited: 11, counted: 25.25 } },
  why: 'He read all the time; the page confirms each stretch when he turns on.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    for (let i = 1; i <= 6; i++) {
      // Nothing stirs for four minutes: the page beats, claims nothing, and then all of it at once.
      for (let beat = 1; beat <= 8; beat++) {
        await world.pass(30)
        const sections = visit.lesson.sections.slice(0, i)
        await visit.beat(beat < 8 ? 0 : 240, { sections })
      }
    }
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

// Letters of thirty pixels: eight lines to a screen, many turns, short rests.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a large-print reader with rests',
  witness: { elder: { credited: 11, counted: 21.25 } },
  why: 'Twenty minutes of reading with rests of two minutes between, in which the page claimed nothing.',
  play: async (world) => {
    const elder = await world.somebody('elder')
    const visit = await elder.open('lsn-sizhi')
    for (let i = 0; i < 5; i++) {
      await visit.read(4)
      for (let rest = 0; rest < 4; rest++) {
        await world.pass(30)
        await visit.beat(0)
      }
    }
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

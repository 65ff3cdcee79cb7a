// Seven minutes without stirring the page, then the line goes for eight; the next turn confirms and tells all of it.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a quiet stretch of reading that runs into an outage',
  witness: { reader: { credited: 11, counted: 16.75 } },
  why: 'He read for fifteen and a half minutes; that the line went in the middle of a long page is not his doing.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    for (let i = 0; i < 14; i++) {
      await world.pass(30)
      await visit.beat(0, { sections: [] })
    }
    await world.pass(510)
    await visit.beat(930)
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

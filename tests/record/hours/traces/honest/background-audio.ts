// Listens to the recording with the phone in the pocket; the sections are looked at before.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'the tab in the background while its audio plays',
  witness: { listener: { credited: 11, counted: 13.25 } },
  why: 'She listened for eleven minutes; the page was hidden, the sound was not.',
  play: async (world) => {
    const listener = await world.somebody('listener')
    const visit = await listener.open('lsn-sizhi')
    await visit.read(1)
    for (let i = 0; i < 22; i++) {
      await world.pass(30)
      await visit.beat(30, { watched: { '/media/lesson.mp3': [[i * 30, (i + 1) * 30]] } })
    }
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

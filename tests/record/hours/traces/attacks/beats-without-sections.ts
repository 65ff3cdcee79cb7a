// Time is claimed for a page whose text never came into view.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'half an hour of beats with no section seen',
  witness: { idler: { credited: 0, counted: 31 } },
  why: 'The page was open on its first lines all the time; nothing of the lesson was read.',
  play: async (world) => {
    const idler = await world.somebody('idler')
    const visit = await idler.open('lsn-sizhi')
    for (let i = 0; i < 60; i++) {
      await world.pass(30)
      await visit.beat(30, { sections: [], finish: true })
    }
    for (const item of visit.lesson.keys) {
      await world.pass(12)
      await idler.answer('lsn-sizhi', item)
    }
    await visit.beat(0, { sections: [], finish: true })
    await visit.close()
  },
} satisfies Trace

// A tab that slept for the night and claims it in the morning.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: '8 hours asleep in an open tab, claimed at once',
  witness: { sleeper: { credited: 0, counted: 1.1 } },
  why: 'He read for a minute and fell asleep.',
  play: async (world) => {
    const sleeper = await world.somebody('sleeper')
    const visit = await sleeper.open('lsn-sizhi')
    await visit.read(1)
    await world.pass(8 * 3600)
    await visit.beat(8 * 3600, { finish: true })
    for (const item of visit.lesson.keys) {
      await world.pass(1)
      await sleeper.answer('lsn-sizhi', item)
    }
    await visit.beat(8 * 3600, { finish: true })
    await visit.close(visit.next(8 * 3600, { finish: true }))
  },
} satisfies Trace

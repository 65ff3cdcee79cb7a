// Somebody sends beats under the id of another person’s visit, and tries to end it.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'another person’s visit used as one’s own',
  witness: { thief: { credited: 0, counted: 0 }, reader: { credited: 11, counted: 11 } },
  why: 'The reader read for eleven minutes, the thief not at all.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const thief = await world.somebody('thief')
    const visit = await reader.open('lsn-sizhi')
    for (let i = 1; i <= 19; i++) {
      await world.pass(30)
      await visit.beat(30)
      await thief.send('beat', { ...visit.next(30, { finish: true }), seq: 1000 + i })
      visit.seq -= 1
    }
    await thief.send('open', { lesson: 'lsn-sizhi', segment: visit.segment })
    await thief.send('close', { segment: visit.segment })
    for (const item of visit.lesson.keys) {
      await world.pass(18)
      await visit.beat(18)
      await reader.answer('lsn-sizhi', item)
    }
    for (const item of visit.lesson.keys) {
      await world.pass(18)
      await thief.answer('lsn-sizhi', item)
    }
    await visit.finish()
    await thief.send('close', { segment: visit.segment })
    await visit.close()
  },
} satisfies Trace

// A page whose script multiplies its claims.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: '8 hours claimed in 10 minutes, in all five lessons of a course',
  witness: { forger: { credited: 11, counted: 10.1 } },
  why: 'One person sat there for ten minutes: enough for one lesson of eleven minutes at ninety per cent, and not for five.',
  play: async (world) => {
    const forger = await world.somebody('forger')
    const ids = ['lsn-sizhi', 'lsn-tuijin', 'lsn-baozheng', 'lsn-jian', 'lsn-liuchi']
    const visits = []
    for (const id of ids) visits.push(await forger.open(id))
    for (let i = 0; i < 20; i++) {
      await world.pass(30)
      for (const visit of visits) await visit.beat(24 * 60)
    }
    for (const visit of visits)
      for (const item of visit.lesson.keys) await forger.answer(visit.lesson.id, item)
    for (const visit of visits) await visit.finish()
    for (const visit of visits) await visit.close()
  },
} satisfies Trace

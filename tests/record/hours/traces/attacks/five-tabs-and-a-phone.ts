// Six pages at once, on a computer and a phone, all claiming the same minutes.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'five tabs and a phone at once',
  witness: { juggler: { credited: 12, counted: 13.4 } },
  why: 'One pair of eyes for thirteen minutes: that is one lesson of twelve minutes, not six.',
  play: async (world) => {
    const juggler = await world.somebody('juggler')
    const phone = await juggler.elsewhere()
    const visits = []
    for (const id of ['lsn-tuijin', 'lsn-sizhi', 'lsn-baozheng', 'lsn-jian', 'lsn-liuchi'])
      visits.push(await juggler.open(id))
    visits.push(await phone.open('lsn-tuijin'))
    for (let i = 0; i < 24; i++) {
      await world.pass(30)
      for (const visit of visits) await visit.beat(30)
    }
    for (const visit of visits.slice(0, 5))
      for (const item of visit.lesson.keys) {
        await world.pass(4)
        await juggler.answer(visit.lesson.id, item)
      }
    for (const visit of visits) await visit.finish()
    for (const visit of visits) await visit.close()
  },
} satisfies Trace

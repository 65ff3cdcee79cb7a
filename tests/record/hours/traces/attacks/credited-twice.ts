// One lesson is finished from two devices at the same moment, and again.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'one lesson finished twice at once',
  witness: { racer: { credited: 11, counted: 13.2 } },
  why: 'One lesson was studied: it counts once, however many pages say that it is finished.',
  play: async (world) => {
    const racer = await world.somebody('racer')
    const phone = await racer.elsewhere()
    const one = await racer.open('lsn-sizhi')
    const two = await phone.open('lsn-sizhi')
    for (let i = 0; i < 22; i++) {
      await world.pass(30)
      await Promise.all([one.beat(30), two.beat(30)])
    }
    await one.answerAll()
    const ends = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? one : two).finish())
    await Promise.all([...ends, one.close(), two.close()])
    const again = await racer.open('lsn-sizhi')
    await again.beat(0, { finish: true })
    await again.close()
  },
} satisfies Trace

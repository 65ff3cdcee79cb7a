// The phone loses its line in the bus; at the desk he goes on on the laptop; the phone tells its time in the evening.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'ten minutes on a phone without a line, then fifteen on a laptop, told in the wrong order',
  witness: { reader: { credited: 11, counted: 26.25 } },
  why: 'Ten minutes in the bus and fifteen at the desk, in one lesson, with its checks.',
  play: async (world) => {
    const phone = await world.somebody('reader')
    const laptop = await phone.elsewhere()
    const bus = await phone.open('lsn-sizhi')
    await world.pass(600)
    const desk = await laptop.open('lsn-sizhi')
    await desk.read(15)
    await bus.beat(600, { ago: 900 })
    for (const item of desk.lesson.keys) {
      await world.pass(15)
      await desk.beat(15)
      await laptop.answer('lsn-sizhi', item)
    }
    await desk.finish()
    await desk.close()
    await bus.close()
  },
} satisfies Trace

// Without a line he reads ten minutes in one tab, then ten in another; both tell it when the line is back.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'two pages read one after the other without a line, told at the same moment',
  witness: { reader: { credited: 22, counted: 23.15 } },
  why: 'Ten minutes here, ten there: that the line was down does not make them the same ten.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const [one, two] = [await reader.open('lsn-sizhi'), await reader.open('lsn-jian')]
    await world.pass(600)
    await world.pass(600)
    await one.beat(600, { ago: 600 })
    await two.beat(600)
    for (const visit of [one, two]) {
      for (const item of visit.lesson.keys) {
        await world.pass(21)
        await visit.beat(21)
        await reader.answer(visit.lesson.id, item)
      }
      await visit.finish()
    }
    await one.close()
    await two.close()
  },
} satisfies Trace

// Compares two lessons in two tabs, reading now here and now there.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'two lessons open side by side, read in turn',
  witness: { reader: { credited: 23, counted: 25.5 } },
  why: 'Each minute was spent on one of the two pages, and only that one claimed it.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const [one, two] = [await reader.open('lsn-sizhi'), await reader.open('lsn-tuijin')]
    for (let i = 0; i < 23; i++) {
      for (const [visit, other] of [
        [one, two],
        [two, one],
      ] as const) {
        await world.pass(30)
        await visit.beat(30)
        await other.beat(0)
      }
    }
    for (const visit of [one, two]) {
      for (const item of visit.lesson.keys) {
        await world.pass(15)
        await visit.beat(15)
        await reader.answer(visit.lesson.id, item)
      }
      await visit.finish()
    }
    await one.close()
    await two.close()
  },
} satisfies Trace

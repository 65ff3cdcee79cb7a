// Time in an old edition is to finish the new one, and time in one lesson another.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'the version of a lesson swapped under the time',
  witness: { swapper: { credited: 0, counted: 10.4 } },
  why: 'Seven minutes were read in the old edition, which is not the new one; three in a lesson of twelve.',
  play: async (world) => {
    const swapper = await world.somebody('swapper')
    const old = await swapper.open('lsn-jian')
    await old.read(7)
    await world.newEdition('lsn-jian')
    const other = await swapper.open('lsn-tuijin')
    await other.read(1)
    for (const item of old.lesson.keys) {
      await world.pass(15)
      await swapper.answer('lsn-jian', item)
    }
    const renewed = await swapper.open('lsn-jian')
    await world.pass(10)
    await renewed.beat(10, { finish: true })
    // The time of the old edition, told again for the new one.
    await renewed.beat(7 * 60, { finish: true })
    await old.beat(75, { finish: true })
    await swapper.send('open', { lesson: 'lsn-jian', segment: old.segment, edition: 2 })
    await swapper.send('open', { lesson: 'lsn-tuijin', segment: old.segment })
    await old.close(old.next(7 * 60, { finish: true }))
    await renewed.close()
    await other.close()
  },
} satisfies Trace

// Begins on the computer, goes on on the phone in the bus, ends on the computer.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'two devices in turn',
  witness: { reader: { credited: 11, counted: 13.25 } },
  why: 'Twelve minutes of reading, on whatever was at hand, and the checks.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const phone = await reader.elsewhere()
    const begun = await reader.open('lsn-sizhi')
    await begun.read(5)
    await begun.close()
    await world.pass(600)
    const bus = await phone.open('lsn-sizhi')
    await bus.read(4)
    await bus.close()
    const ended = await reader.open('lsn-sizhi')
    await ended.read(3)
    await ended.answerAll()
    await ended.finish()
    await ended.close()
  },
} satisfies Trace

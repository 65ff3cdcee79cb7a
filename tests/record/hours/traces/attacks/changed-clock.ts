// The clock of the device is wrong by years, in everything that it can say.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'a clock that was changed on the device',
  witness: { traveller: { credited: 0, counted: 1.7 } },
  why: 'A minute and a half went by in the room, whatever the clock of the phone says.',
  play: async (world) => {
    const traveller = await world.somebody('traveller')
    // The first 48 bits of a UUIDv7 are the time of its maker: here the year 2020.
    const visit = await traveller.open('lsn-sizhi', '016f5e66-e800-7000-8000-00000000a001')
    await world.pass(30)
    await visit.beat(30, { at: '2020-01-01T00:00:00.000Z' })
    await visit.beat(30, { openedAt: '2020-01-01T00:00:00.000Z', lastBeatAt: 0 })
    await visit.beat(30, { spans: [[0, 4_000_000_000_000]] })
    await visit.beat(86_400, { finish: true })
    for (const [i, item] of visit.lesson.keys.entries()) {
      await world.pass(12)
      await traveller.answer('lsn-sizhi', item, undefined, `016f5e66-e800-7000-8000-00000000b00${i}`)
    }
    await visit.beat(86_400, { finish: true })
    await traveller.send('close', { segment: visit.segment, at: '2030-01-01T00:00:00.000Z' })
    await traveller.send('close', { segment: visit.segment })
  },
} satisfies Trace

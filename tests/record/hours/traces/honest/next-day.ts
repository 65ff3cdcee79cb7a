// Stops in the middle, closes the phone, goes on the next evening.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a pause, and on with it the next day',
  witness: { reader: { credited: 11, counted: 12.25 } },
  why: 'Six minutes on one day, five on the other, and the checks: one lesson.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    await visit.read(6)
    // The phone just went dark: no last word reaches the server.
    await world.pass(22 * 3600)
    await reader.signIn()
    const later = await reader.open('lsn-sizhi')
    await later.read(5)
    await later.answerAll()
    await later.finish()
    await later.close()
  },
} satisfies Trace

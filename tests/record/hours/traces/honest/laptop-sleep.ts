// The lid is closed at noon and opened after lunch; the page counts no second of it.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a laptop that slept for an hour',
  witness: { reader: { credited: 11, counted: 12.25 } },
  why: 'Five minutes before lunch and six after it.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    await visit.read(5)
    await world.pass(3600)
    // The visit ended meanwhile; the page opens the next one, as it always does when it is told so.
    const { status } = await visit.beat(2)
    if (status !== 410) throw new Error(`The visit should have ended, but the server said ${status}.`)
    const later = await reader.open('lsn-sizhi')
    await later.read(6)
    await later.answerAll()
    await later.finish()
    await later.close()
  },
} satisfies Trace

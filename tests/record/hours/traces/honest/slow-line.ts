// Every request takes between one and eight seconds, replies get lost, beats are sent again.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a slow line that loses replies',
  witness: { reader: { credited: 11, counted: 13 } },
  why: 'Twelve minutes of reading; that the line was slow is not the reader’s fault.',
  play: async (world) => {
    const reader = await world.somebody('reader')
    const visit = await reader.open('lsn-sizhi')
    let late = 0
    for (let i = 0; i < 24; i++) {
      const delay = [1, 8, 3, 5, 2, 7][i % 6] ?? 1
      await world.pass(30 + delay - late)
      late = delay
      const beat = visit.next(30)
      await reader.send('beat', beat)
      // The reply was lost on the way: the page sends the same again.
      if (i % 5 === 0) await reader.send('beat', beat)
    }
    await world.pass(-late + 10)
    for (const item of visit.lesson.keys) {
      await world.pass(12)
      await visit.beat(12)
      await reader.answer('lsn-sizhi', item)
    }
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

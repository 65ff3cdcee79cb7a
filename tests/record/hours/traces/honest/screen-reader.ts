// A blind reader: nothing scrolls, sections are told by the button at their end.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'a screen reader without any scrolling',
  witness: { listener: { credited: 11, counted: 15.25 } },
  why: 'She listened to every section to its end and said so with the key that her reader offers.',
  play: async (world) => {
    const listener = await world.somebody('listener')
    const visit = await listener.open('lsn-sizhi')
    const heard: string[] = []
    for (const section of visit.lesson.sections) {
      const minutes = 14 / visit.lesson.sections.length
      for (let beat = 0; beat < minutes * 2 - 1; beat++) {
        await world.pass(30)
        await visit.beat(0, { sections: [...heard] })
      }
      const rest = minutes * 60 - Math.ceil(minutes * 2 - 1) * 30
      await world.pass(rest)
      heard.push(section)
      await visit.beat(minutes * 60, { sections: [...heard] })
    }
    await visit.answerAll()
    await visit.finish()
    await visit.close()
  },
} satisfies Trace

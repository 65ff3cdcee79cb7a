// No page at all: a script that speaks the protocol of visits and makes up what it saw.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'direct calls without a page',
  witness: { script: { credited: 0, counted: 30.1 } },
  why: 'There was no page and nobody in front of it; no check was answered.',
  play: async (world) => {
    const script = await world.somebody('script')
    const visit = await script.open('lsn-sizhi')
    const sections = Array.from({ length: 40 }, (_, i) => `s${i + 1}`)
    for (let i = 0; i < 60; i++) {
      await world.pass(30)
      await visit.beat(30, { sections, finish: true, watched: { 'lesson.mp4': [[0, 9000]] } })
    }
    await script.send('close', { segment: visit.segment, last: visit.next(30, { sections, finish: true }) })
  },
} satisfies Trace

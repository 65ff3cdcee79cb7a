// A queue of beats about days that nobody saw, delivered in one burst.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'a backlog with an invented past',
  witness: { keeper: { credited: 0, counted: 1 } },
  why: 'The visit was opened a minute ago; the days before exist only in the queue.',
  play: async (world) => {
    const keeper = await world.somebody('keeper')
    const visit = await keeper.open('lsn-sizhi')
    // Visits that were never opened here.
    for (let day = 0; day < 5; day++) {
      const segment = `0198f0a0-0000-7000-8000-00000000c00${day}`
      for (let seq = 1; seq <= 20; seq++)
        await keeper.send('beat', { segment, seq, seconds: 30, sections: visit.lesson.sections })
      await keeper.send('close', { segment })
    }
    // Days of beats for the one that was.
    for (let i = 0; i < 500; i++) await visit.beat(30, { finish: true })
    for (const item of visit.lesson.keys) {
      await world.pass(10)
      await keeper.answer('lsn-sizhi', item)
    }
    await visit.beat(86_400, { finish: true })
    await visit.close()
  },
} satisfies Trace

// A loop that tries every option of every check within a moment.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'checks broken open by trying every option',
  witness: { guesser: { credited: 0, counted: 1 } },
  why: 'Hundreds of answers in seconds are no understanding; and a minute is no lesson.',
  play: async (world) => {
    const guesser = await world.somebody('guesser')
    const visit = await guesser.open('lsn-sizhi')
    for (let round = 0; round < 20; round++)
      await Promise.all(
        visit.lesson.keys.map((item) =>
          guesser.answer(
            'lsn-sizhi',
            item,
            item.kind === 'single' ? { kind: 'single', choice: 'abcd'[round % 4] ?? 'a' } : undefined,
          ),
        ),
      )
    await visit.beat(3600, { finish: true })
    await visit.close()
  },
} satisfies Trace

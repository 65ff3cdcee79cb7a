// The screen of a hall: one after the other signs in at the same browser.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'two people in turn at the screen of a hall',
  witness: { first: { credited: 11, counted: 12.25 }, second: { credited: 11, counted: 12.25 } },
  why: 'Each sat there and read for eleven minutes and answered the checks; they took turns.',
  play: async (world) => {
    const first = await world.somebody('first')
    const mine = await first.open('lsn-sizhi')
    await mine.read(11)
    await mine.answerAll()
    await mine.finish()
    await mine.close()
    await world.pass(20)
    const second = await world.somebody('second')
    for (const [name, value] of first.browser.cookies)
      if (name.endsWith('device')) second.browser.cookies.set(name, value)
    const theirs = await second.open('lsn-sizhi')
    await theirs.read(11)
    await theirs.answerAll()
    await theirs.finish()
    await theirs.close()
  },
} satisfies Trace

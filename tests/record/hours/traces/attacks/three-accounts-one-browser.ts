// Somebody studies for colleagues: three accounts in one browser, answers passed on in the same minute.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'answers and minutes shared by the accounts of one device',
  witness: {
    proxy: { credited: 11, counted: 12.3 },
    first: { credited: 0, counted: 0.6 },
    second: { credited: 0, counted: 0.6 },
  },
  why: 'One person sat there and read; the colleagues were not in the room.',
  play: async (world) => {
    const proxy = await world.somebody('proxy')
    const own = await proxy.open('lsn-sizhi')
    await world.pass(10)
    await own.beat(10)
    // A script holds three sessions; the mark of the browser is the same in each.
    const mark = [...proxy.browser.cookies].find(([name]) => name.endsWith('device'))
    const colleagues = []
    for (const name of ['first', 'second']) {
      const colleague = await world.somebody(name)
      if (mark) colleague.browser.cookies.set(...mark)
      colleagues.push(await colleague.open('lsn-sizhi'))
    }
    for (let i = 0; i < 20; i++) {
      await world.pass(30)
      for (const visit of [own, ...colleagues]) await visit.beat(30, { finish: true })
    }
    for (const item of own.lesson.keys) {
      await world.pass(15)
      for (const visit of [own, ...colleagues]) await visit.beat(15)
      for (const visit of [own, ...colleagues]) await visit.who.answer('lsn-sizhi', item)
    }
    for (const visit of [own, ...colleagues]) await visit.finish()
    for (const visit of [own, ...colleagues]) await visit.close()
  },
} satisfies Trace

// A page that claims a day of idleness, so that an objection may turn it into hours.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'a day of idle time told for a minute of open page',
  witness: { idler: { credited: 0, counted: 1.1 } },
  why: 'The page was open for a minute; there can be no more idle time in it than that.',
  play: async (world) => {
    const idler = await world.somebody('idler')
    const visit = await idler.open('lsn-sizhi')
    await world.pass(60)
    for (let i = 0; i < 20; i++)
      await visit.beat(3, { uncounted: { 'no-sign': 86_400, 'line-lost': 86_400 } })
    await visit.close()
    const refused = (await world.found())['idler']?.refused ?? {}
    if ((refused['no-sign'] ?? 0) > 1 || (refused['line-lost'] ?? 0) > 240)
      throw new Error(`Idleness was invented: ${JSON.stringify(refused)}`)
  },
} satisfies Trace

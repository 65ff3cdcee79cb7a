// Everything that can stand where a number should.
import type { Trace } from '../trace.ts'

export default {
  kind: 'attack',
  title: 'NaN, negative, 1e308 and other numbers',
  witness: { tester: { credited: 0, counted: 1.1 } },
  why: 'One minute went by; a number that is none makes it no longer.',
  play: async (world) => {
    const tester = await world.somebody('tester')
    const visit = await tester.open('lsn-sizhi')
    await world.pass(60)
    const numbers = [
      'NaN',
      'Infinity',
      '-1',
      '-1e308',
      '1e308',
      '1e999',
      '"30"',
      '[30]',
      '{}',
      'null',
      'true',
      '-0',
      '86401',
      '0x10',
    ]
    for (const number of numbers) {
      const beat = visit.next('number', { finish: true })
      await tester.send('beat', JSON.stringify(beat).replace('"number"', number))
      await tester.send(
        'beat',
        JSON.stringify({ ...beat, seconds: 30 }).replace(/"seq":\d+/, `"seq":${number}`),
      )
    }
    await visit.beat(60, { uncounted: { 'no-sign': -3600 } })
    await visit.beat(60, {
      watched: {
        'a.mp3': [
          [0, 1e308],
          [-1e308, 0],
        ],
      },
    })
    for (const item of visit.lesson.keys) await tester.answer('lsn-sizhi', item)
    await visit.beat(30, { finish: true })
    await visit.close()
  },
} satisfies Trace

// Knows the course, reads the questions of its test and answers them.
import type { Trace } from '../trace.ts'

export default {
  kind: 'honest',
  title: 'the test of a course, read and passed',
  witness: { expert: { credited: 55, counted: 0 } },
  why: 'All ten questions were read and answered in four minutes; the five lessons are 55 minutes together.',
  play: async (world) => {
    const expert = await world.somebody('expert')
    const paper = await expert.openTest('jiafeng-jiaxun')
    await world.pass(4 * 60)
    await expert.handIn(paper)
  },
} satisfies Trace

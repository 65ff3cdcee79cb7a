// Scripts that know the answers take the test of a course faster than anybody could read its questions.
import type { Trace } from '../trace.ts'

const course = 'jiafeng-jiaxun'

export default {
  kind: 'attack',
  title: 'the test of a course opened and handed in within no time',
  witness: {
    instant: { credited: 0, counted: 0 },
    hurried: { credited: 0, counted: 0 },
    unseen: { credited: 0, counted: 0 },
  },
  why: 'Ten questions were on no screen long enough to be read by anybody.',
  play: async (world) => {
    const instant = await world.somebody('instant')
    const paper = await instant.openTest(course)
    // Handed in at once, several times together, and again when it came back.
    await Promise.all(Array.from({ length: 5 }, () => instant.handIn(paper)))
    await instant.handIn(paper)

    const hurried = await world.somebody('hurried')
    const early = await hurried.openTest(course)
    for (let i = 0; i < 10; i++) {
      await world.pass(2)
      await hurried.handIn(early)
    }

    // With the paper of somebody else, and a mark that was made up; then with what comes back.
    const unseen = await world.somebody('unseen')
    await unseen.handIn(early)
    early.form.set('mark', '0.0')
    await unseen.handIn(early)
    await unseen.handIn(await unseen.openTest(course))
  },
} satisfies Trace

// Which entries are settled one after another: all of one screen, on which one thing happened after another. So the tries of
// a PIN are counted in the order in which they were made, and a hall session finds its host signed in.
import type { Opened } from '#kiosk/intake/placing.server.ts'

/** Stretches that are settled at once at most: they are written by one job, which must be short. */
const longestRun = 32

/** Entries of each screen in the order of their numbers, in runs of stretches of one visit; everything else stands alone. */
export function lanesOf(opened: Opened[]): Opened[][][] {
  const inOrder = opened.toSorted((a, b) => a.row.seq - b.row.seq)
  return [...Map.groupBy(inOrder, ({ row }) => row.kioskId).values()].map(runsOf)
}

function runsOf(lane: Opened[]): Opened[][] {
  const runs: Opened[][] = []
  for (const one of lane) {
    const run = runs.at(-1)
    if (run && run.length < longestRun && run[0] && goesOn(run[0], one)) run.push(one)
    else runs.push([one])
  }
  return runs
}

const goesOn = ({ body: before }: Opened, { body }: Opened) =>
  before.kind === 'studied' && body.kind === 'studied' && before.visit === body.visit

// Plays every trace and compares what stands in the record with what the witness granted.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compare, type Difference, type Granted, type Trace } from './trace.ts'
import { startWorld } from './world.ts'

export type Played = { file: string; trace: Trace; found: Record<string, Granted>; differs: Difference }

/** All traces of the corpus, attacks first. */
export async function traces(): Promise<{ file: string; trace: Trace }[]> {
  const files = ['attacks', 'honest'].flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder))
      .sort()
      .map((name) => `${folder}/${name}`),
  )
  const load = async (file: string) => ({
    file,
    trace: ((await import(`./${file}`)) as { default: Trace }).default,
  })
  return Promise.all(files.map(load))
}

/** Plays them one after the other against one running process. */
export async function playAll(told: (played: Played) => void): Promise<Difference> {
  const world = await startWorld()
  const sum = { forged: 0, refused: 0 }
  try {
    for (const { file, trace } of await traces()) {
      const here = await world.fresh()
      await trace.play(here)
      const found = await here.found()
      const differs = { forged: 0, refused: 0 }
      for (const [name, granted] of Object.entries(trace.witness)) {
        const one = compare(granted, found[name] ?? { credited: 0, counted: 0 })
        differs.forged += one.forged
        if (trace.kind === 'honest') differs.refused += one.refused
      }
      sum.forged += differs.forged
      sum.refused += differs.refused
      told({ file, trace, found, differs })
    }
  } finally {
    await world.stop()
  }
  return sum
}

// How long it takes to bring many documents into the library, index included, and how that grows with their number.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentDir } from '#process/library-at-start.server.ts'
import { startProcess } from './process.ts'
import { settingsIn } from './settings.ts'
import { figure, type Line } from './table.ts'

const sizes = [100, 1000, 5000]
const example = 'stories/hepu'

type Imported = { seconds: number; again: number; megabytes: number; hold: number }

/** Each size in a process and a folder of its own. */
export async function measureLibrary(): Promise<Line[]> {
  const results: { size: number; imported: Imported }[] = []
  for (const size of sizes) results.push({ size, imported: await importOf(size) })
  const [least] = results
  return results.flatMap(({ size, imported: { seconds, again, megabytes, hold } }) => {
    const growth = (seconds / (least?.imported.seconds ?? seconds)) * ((least?.size ?? size) / size)
    const perDocument = `${figure((seconds / size) * 1000)} ms each, ${figure(growth)}× those of ${least?.size}`
    return [
      {
        what: `import of ${size.toLocaleString('en-US')} documents, indexed`,
        measured: `${figure(seconds)} s, ${perDocument}`,
      },
      {
        what: '… once more with nothing changed; memory; longest hold',
        measured: `${figure(again)} s, ${figure(megabytes)} MB, ${figure(hold)} ms`,
      },
    ]
  })
}

async function importOf(size: number): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  writeLibrary(join(folder, 'content'), size)
  const importing = startProcess('importing.ts', settingsIn(join(folder, 'data')))
  try {
    return await importing.ask<Imported>('load', join(folder, 'content'))
  } finally {
    await importing.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same story so often, each under an id, a title and an address of its own. */
export function writeLibrary(to: string, size: number): void {
  const source = readFileSync(join(contentDir, example, 'index.mdx'), 'utf8')
  for (let i = 0; i < size; i++) {
    const folder = join(to, 'stories', `story-${i}`)
    mkdirSync(folder, { recursive: true })
    cpSync(join(contentDir, example), folder, { recursive: true })
    const own = source
      .replace(/^id: .*$/m, `id: sto-bench-${i}`)
      .replace(/^title: (.*)$/m, `title: $1${i}`)
      .replace(/^lesson: .*\n/m, '')
    writeFileSync(join(folder, 'index.mdx'), own)
  }
}

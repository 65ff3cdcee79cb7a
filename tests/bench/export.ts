// How long the public part takes to be exported as static pages, search included, from a process that goes on serving.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importLibrary } from '#course/import.server.ts'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { requireSettings } from '#env.ts'
import { exportCommands } from '#export/export.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { longestHold, watchLoop } from './hold.ts'
import { settingsIn } from './settings.ts'
import { atMost, figure, type Line } from './table.ts'

const documents = 500
const examples = ['stories/hepu', 'stories/lankao', 'stories/sang']

export async function measureExport(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  // Read by libraries when the pages are loaded.
  process.env['NODE_ENV'] = 'production'
  const { dataDir } = requireSettings(settingsIn(join(folder, 'data')))
  await openDatabase(dataDir)
  try {
    await fillLibrary(join(folder, 'content'), dataDir)
    return await measure(join(folder, 'out'))
  } finally {
    await closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(out: string): Promise<Line[]> {
  watchLoop()
  const began = performance.now()
  const quiet = () => undefined
  await exportCommands['export']?.({ out, site: null }, quiet, quiet)
  const seconds = (performance.now() - began) / 1000
  const hold = longestHold()
  const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { files: object }
  const what = `export of ${documents} documents, in three looks, with search`
  return [
    atMost(what, seconds, 30, ' s', `, ${Object.keys(files).length} files`),
    // One page that lists all documents takes that long to draw, for a visitor too.
    { what: '… longest hold of the event loop meanwhile', measured: `${figure(hold)} ms` },
  ]
}

/** The content that is there, and stories like those of it until there are so many. */
async function fillLibrary(to: string, dataDir: string): Promise<void> {
  cpSync(contentDir, to, { recursive: true })
  const there = (await importLibrary({ contentDir: to, dataDir })).published.length
  for (let i = there; i < documents; i++) addStory(to, examples[i % examples.length] ?? '', i)
  const { problems } = await importLibrary({ contentDir: to, dataDir })
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]))
}

function addStory(to: string, example: string, number: number): void {
  const folder = join(to, 'stories', `story-${number}`)
  mkdirSync(folder, { recursive: true })
  cpSync(join(contentDir, example), folder, { recursive: true })
  const source = readFileSync(join(folder, 'index.mdx'), 'utf8')
  const own = source
    .replace(/^id: .*$/m, `id: sto-bench-${number}`)
    .replace(/^title: (.*)$/m, `title: $1${number}`)
  writeFileSync(join(folder, 'index.mdx'), own)
}

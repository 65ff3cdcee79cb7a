// `npm run bench`: how fast we are, measured in one run and side by side, because only ratios outlive a machine.
// `npm run bench beats` measures one part; `npm run bench -- --install` also a clean install. `npm run bench growth` goes up
// to a million events, `npm run bench -- --village` measures pages on a slow line and fetches packages; both take
// minutes. `npm run bench province` measures the capability map with 3,000 and 30,000 people, `-- --large` also with 300,000
// (half an hour, 20 GB), `-- --keep DIR` leaves the provinces there for the next time. `-- --all` measures everything. A
// missed target is shown and nothing fails: figures depend on who else works on the machine.
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { buildIfNeeded } from '#process/build.server.ts'
import { measureAdaptive } from './adaptive.ts'
import { measureBeats } from './beats.ts'
import { measureCalibration } from './calibration.ts'
import { measureClassroom } from './classroom.ts'
import { measureExport } from './export.ts'
import { measureGrowth } from './growth.ts'
import { measureIngestion } from './ingest.ts'
import { measureKioskPack } from './kiosk-pack.ts'
import { measureKioskSync } from './kiosk-sync.ts'
import { measureKioskTurn } from './kiosk-turn.ts'
import { measureLibrary } from './library.ts'
import { measurePages } from './pages.ts'
import { measureProvince } from './province.ts'
import { measureRebuild } from './rebuild.ts'
import { measureRules } from './rules.ts'
import { measureSearch } from './search.ts'
import { measureStarts } from './starts.ts'
import { measureStudio } from './studio.ts'
import { print, type Line } from './table.ts'
import { measureVillage } from './village.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ install: { type: 'boolean' }, village: { type: 'boolean' }, all: { type: 'boolean' } },
    ...{ large: { type: 'boolean' }, keep: { type: 'string' } },
  },
})

const parts: Record<string, () => Promise<Line[]>> = {
  adaptive: measureAdaptive,
  beats: measureBeats,
  calibration: measureCalibration,
  classroom: measureClassroom,
  export: measureExport,
  growth: measureGrowth,
  ingest: measureIngestion,
  'kiosk-pack': measureKioskPack,
  'kiosk-sync': measureKioskSync,
  'kiosk-turn': measureKioskTurn,
  library: measureLibrary,
  pages: measurePages,
  province: () => measureProvince(values),
  rebuild: measureRebuild,
  rules: measureRules,
  search: measureSearch,
  starts: () => measureStarts(values.install ?? values.all ?? false),
  studio: measureStudio,
  village: measureVillage,
}
/** Measured only when they are asked for. */
const long = ['growth', 'province', 'village']
const asked = new Set([...positionals, ...(values.village ? ['village'] : [])])
const isWanted = (name: string) => values.all || (asked.size > 0 ? asked.has(name) : !long.includes(name))

await buildIfNeeded((line) => console.log(line))
const [load = 0] = loadavg()
console.log(`Node ${process.version}, ${cpus().length} processors, load ${load.toFixed(1)} before we began`)
for (const [name, measure] of Object.entries(parts)) {
  if (!isWanted(name)) continue
  print(name, await measure().catch((error: Error) => [{ what: 'not measured', measured: error.message }]))
}

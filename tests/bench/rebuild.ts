// How fast a long record is derived again, and whether others could go on meanwhile.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from './process.ts'
import { settingsIn } from './settings.ts'
import { atLeast, atMost, type Line } from './table.ts'

const events = 100_000

/** Twice, because a real rebuild has something to throw away; the second counts. */
export async function measureRebuild(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const years = startProcess('years.ts', settingsIn(dataDir))
  try {
    const filled = await years.ask<{ events: number; people: number }>('fill', events)
    await years.ask('rebuild')
    const { perSecond, hold } = await years.ask<{ perSecond: number; hold: number }>('rebuild')
    await years.ask('close')
    const what = `rebuild of ${filled.events.toLocaleString('en-US')} events of ${filled.people} people`
    return [
      atLeast(what, perSecond, 3000, ' /s'),
      atMost('… longest hold of the event loop meanwhile', hold, 50, ' ms'),
    ]
  } finally {
    await years.stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

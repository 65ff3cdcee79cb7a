// Before the journeys: makes the demo county once; each journey that needs it starts from a copy.
import { rmSync } from 'node:fs'
import { startSite } from '../support/site.ts'

export default async function prepare() {
  if (process.env['DEMO_DATA']) return
  const site = await startSite('demo')
  await site.stop('keep')
  process.env['DEMO_DATA'] = site.dataDir
  return () => rmSync(site.dataDir, { recursive: true, force: true })
}

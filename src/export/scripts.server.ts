// Makes the scripts that the export brings itself, in a process of their own, so that a running site is not held up.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Folder } from '#export/folder.server.ts'

export const searchScript = 'search/find.js'
export const linksScript = 'assets/links.js'

const sources = [
  { path: searchScript, source: import.meta.resolve('#export/find.ts') },
  { path: linksScript, source: import.meta.resolve('#export/links.ts') },
]
const bundle = import.meta.resolve('#export/bundle.ts')
const mostBytes = 16 * 1024 * 1024

export async function writeScripts(folder: Folder): Promise<void> {
  const args = [bundle, ...sources.map(({ source }) => source)].map((url) => fileURLToPath(url))
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: mostBytes })
  const scripts = JSON.parse(stdout) as string[]
  for (const [i, { path }] of sources.entries()) await folder.write(path, scripts[i] ?? '')
}

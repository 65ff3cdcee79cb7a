// Makes the scripts that the export brings itself.
import { fileURLToPath } from 'node:url'
import type { Folder } from '#export/folder.server.ts'
import { bundleScripts } from '#process/bundle.server.ts'

export const searchScript = 'search/find.js'
export const linksScript = 'assets/links.js'

const sources = [
  { path: searchScript, source: import.meta.resolve('#export/find.ts') },
  { path: linksScript, source: import.meta.resolve('#export/links.ts') },
]

export async function writeScripts(folder: Folder): Promise<void> {
  const scripts = await bundleScripts(sources.map(({ source }) => fileURLToPath(source)))
  for (const [i, { path }] of sources.entries()) await folder.write(path, scripts[i] ?? '')
}

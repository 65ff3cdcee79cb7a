// Brings along what pages fetch: styles, fonts and scripts of the build, pictures and sound of the library.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Folder } from '#export/folder.server.ts'
import { ownStyles } from '#export/static-page.ts'
import { built } from '#process/build.server.ts'

/** In the export the files of the build lie side by side, so they find each other by their names. */
const ofTheBuild = /\/_astro\/(?=[\w.-]+)/g
const namedInScripts = /["']\.\/([\w.-]+\.js)["']/g
const namedInStyles = /url\(\/_astro\/([\w.-]+)\)/g

/**
 * Writes the assets that pages named, and what these name themselves.
 * @param assets paths in the export, as `assetAt` gives them.
 * @returns what is not there; pages show a gap in its place, here as on the site.
 */
export async function bringAssets(folder: Folder, assets: Iterable<string>, dataDir: string) {
  const known = new Set(assets)
  const missing: string[] = []
  await folder.write(ownStyles, await readFile(join(import.meta.dirname, 'static.css'), 'utf8'))
  for (const path of known) {
    const text = /\.(?:css|js)$/.test(path) ? await readText(sourceOf(path, dataDir)) : null
    if (text !== null) for (const more of await bringText(folder, path, text)) known.add(more)
    else if (!(await folder.copy(sourceOf(path, dataDir), path))) missing.push(path)
  }
  return missing
}

function sourceOf(path: string, dataDir: string): string {
  if (path.startsWith('media/')) return join(dataDir, path)
  return join(built.client, path.replace(/^assets\//, '_astro/'))
}

const readText = (file: string) => readFile(file, 'utf8').catch(() => null)

/** Styles and scripts name others, which come along. */
async function bringText(folder: Folder, path: string, text: string): Promise<string[]> {
  await folder.write(path, text.replace(ofTheBuild, './'))
  const named = [...text.matchAll(path.endsWith('.css') ? namedInStyles : namedInScripts)]
  return named.map(([, name]) => `assets/${name}`)
}

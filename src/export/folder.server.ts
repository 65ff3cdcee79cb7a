// The folder that is exported into. An export is written apart and put in its place at the end, so that a host that
// serves the folder never shows half of one. Only what an export has written there is ever replaced or removed, so a
// folder with anything else in it is refused.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'astro/zod'

const manifestFile = 'manifest.json'
/** What is not in its place yet. Within the folder, because a folder beside it may be another disk, or not ours to make. */
const partFolder = '.lianxue-part'

const Manifest = z.object({
  madeBy: z.literal('lianxue export'),
  /** The day of the export, `YYYY-MM-DD`; empty while files are put in their places. */
  on: z.string(),
  /** Where it was exported from; empty as long. */
  from: z.string(),
  /** SHA-256 of every file, in hex, by its path, which never leads out of the folder. */
  files: z.record(z.string().regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^/\\][^\\]*$/), z.string()),
})
type Manifest = z.infer<typeof Manifest>

export type Folder = {
  write: (path: string, content: string | Uint8Array) => Promise<void>
  /** Takes over a file; false if it is not there. */
  copy: (from: string, path: string) => Promise<boolean>
  /** Takes back what was written. */
  drop: (path: string) => Promise<void>
  /** Puts everything in its place and removes what an earlier export has left; returns how many files there are. */
  finish: (about: Pick<Manifest, 'on' | 'from'>) => Promise<number>
  /** Removes what was not put in its place. */
  close: () => Promise<void>
}

/** @throws Error in words for whoever exports, if the folder holds anything that is not of an export. */
export async function openFolder(dir: string): Promise<Folder> {
  const before = earlierFiles(dir)
  const files = new Map<string, string>()
  const part = join(dir, partFolder)
  await rm(part, { recursive: true, force: true })

  const placeIn = async (folder: string, path: string) => {
    const place = join(folder, path)
    await mkdir(dirname(place), { recursive: true })
    return place
  }
  return {
    write: async (path, content) => {
      files.set(path, createHash('sha256').update(content).digest('hex'))
      await writeFile(await placeIn(part, path), content)
    },
    copy: async (from, path) => {
      const hash = await hashOf(from)
      if (hash === null) return false
      files.set(path, hash)
      await copyFile(from, await placeIn(part, path))
      return true
    },
    drop: async (path) => {
      files.delete(path)
      await rm(join(part, path), { force: true })
    },
    finish: async (about) => {
      // From here on the manifest names all that is ours, so that nothing stays for ever if this breaks off.
      await writeManifest(dir, { on: '', from: '', files: { ...before, ...Object.fromEntries(files) } })
      // Pages are written before what they fetch, so what they fetch is put in its place before them.
      for (const path of [...files.keys()].toReversed())
        await rename(join(part, path), await placeIn(dir, path))
      for (const path of Object.keys(before)) if (!files.has(path)) remove(dir, path)
      await writeManifest(dir, { ...about, files: Object.fromEntries(files) })
      return files.size
    },
    close: () => rm(part, { recursive: true, force: true }),
  }
}

/** Of a file, piece by piece, because a film is large; null if it is not there. */
async function hashOf(file: string): Promise<string | null> {
  if (!existsSync(file)) return null
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

function earlierFiles(dir: string): Manifest['files'] {
  if (!existsSync(dir)) return {}
  if (!statSync(dir).isDirectory()) throw new Error(`${dir} 不是目录。请换一个空目录。`)
  if (readdirSync(dir).every((name) => name === partFolder)) return {}
  const file = join(dir, manifestFile)
  const manifest = existsSync(file) ? Manifest.safeParse(parsed(readFileSync(file, 'utf8'))).data : undefined
  if (manifest) return manifest.files
  throw new Error(`${dir} 不是空的，也不是以前导出的。为免覆盖别的文件，请换一个空目录。`)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** In one move, so that there is never half a manifest. */
async function writeManifest(dir: string, { files, ...about }: Omit<Manifest, 'madeBy'>) {
  const sorted = Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const manifest: Manifest = { madeBy: 'lianxue export', ...about, files: sorted }
  const written = join(dir, partFolder, manifestFile)
  await mkdir(dirname(written), { recursive: true })
  await writeFile(written, `${JSON.stringify(manifest, null, 1)}\n`)
  await rename(written, join(dir, manifestFile))
}

/** With the folders that become empty. */
function remove(dir: string, path: string) {
  rmSync(join(dir, path), { force: true })
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const place = join(dir, folder)
    if (!existsSync(place) || readdirSync(place).length > 0) return
    rmdirSync(place)
  }
}

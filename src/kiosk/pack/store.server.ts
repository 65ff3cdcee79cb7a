// Where packs lie: DATA_DIR/packs, each thing under its hash, beside it as browsers get it over a line; and a file for each
// manifest. Media of the library stay where they are.
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'astro/zod'
import { encode } from '#process/encode.server.ts'

export const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** What the fleet page says of a pack. */
export const Description = z.strictObject({
  playlist: z.string(),
  title: z.string(),
  version: z.string(),
  builtAt: z.string(),
  bytes: z.int(),
  entries: z.int(),
  stories: z.int(),
  lessons: z.int(),
  /** What did not fit or was not there, with its reason in Chinese. */
  leftOut: z.array(z.string()),
})
export type Description = z.infer<typeof Description>

const Kept = z.strictObject({ manifest: z.string(), description: Description })
/** A pack as it was built: its manifest as JSON, not yet signed. */
export type Kept = z.infer<typeof Kept>

const dayMilliseconds = 86_400_000
const keptDays = 2

const folderOf = (dataDir: string) => join(dataDir, 'packs')
const manifestsOf = (dataDir: string) => join(folderOf(dataDir), 'manifests')
export const fileOfEntry = (dataDir: string, hash: string) => join(folderOf(dataDir), hash)
/** The same, compressed with brotli; there for text only. */
export const compressedOf = (dataDir: string, hash: string) => `${fileOfEntry(dataDir, hash)}.br`

const isText = /^text\/|javascript|json|svg/
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

/** Keeps bytes under their hash. */
export async function keepEntry(dataDir: string, type: string, body: Buffer): Promise<string> {
  const hash = hashOf(body)
  const file = fileOfEntry(dataDir, hash)
  if (await exists(file)) return hash
  await mkdir(manifestsOf(dataDir), { recursive: true, mode: 0o700 })
  // The compressed one first: what is there under its hash is complete.
  if (isText.test(type)) await put(compressedOf(dataDir, hash), await encode(body, 'br', true))
  await put(file, body)
  return hash
}

/** A half-written file must never stand under its name. */
async function put(file: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(`${file}.part`, bytes, { mode: 0o600 })
  await rename(`${file}.part`, file)
}

const nameOf = (version: string) => `${version}.json`

/** Keeps a pack and makes it the current one of its playlist. */
export async function keepPack(dataDir: string, kept: Kept): Promise<void> {
  await mkdir(manifestsOf(dataDir), { recursive: true, mode: 0o700 })
  await put(join(manifestsOf(dataDir), nameOf(kept.description.version)), JSON.stringify(kept))
}

/** All packs that are kept, the one built last first. */
export async function keptPacks(dataDir: string): Promise<Kept[]> {
  const names = await readdir(manifestsOf(dataDir)).catch(() => [])
  const kept: Kept[] = []
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const text = await readFile(join(manifestsOf(dataDir), name), 'utf8').catch(() => '')
    const read = Kept.safeParse(parsed(text))
    if (read.success) kept.push(read.data)
  }
  return kept.toSorted((a, b) => (a.description.builtAt < b.description.builtAt ? 1 : -1))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Notes when a pack ceased to be current. */
export async function retire(dataDir: string, version: string, at: Date): Promise<void> {
  await utimes(join(manifestsOf(dataDir), nameOf(version)), at, at).catch(() => undefined)
}

/**
 * Removes the packs that have not been current for two days, and what none of the others holds.
 * @param current versions.
 */
export async function sweepPacks(dataDir: string, current: ReadonlySet<string>, at: Date): Promise<void> {
  for (const { description } of await keptPacks(dataDir)) {
    const file = join(manifestsOf(dataDir), nameOf(description.version))
    const { mtimeMs } = await stat(file)
    if (!current.has(description.version) && at.getTime() - mtimeMs > keptDays * dayMilliseconds)
      await rm(file, { force: true })
  }
  const needed = new Set<string>()
  for (const { manifest } of await keptPacks(dataDir))
    for (const [hash] of manifest.matchAll(/[0-9a-f]{64}/g)) needed.add(hash)
  for (const name of await readdir(folderOf(dataDir)).catch(() => []))
    if (/^[0-9a-f]{64}/.test(name) && !needed.has(name.slice(0, 64)))
      await rm(join(folderOf(dataDir), name), { force: true })
}

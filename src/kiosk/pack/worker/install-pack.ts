// Installs a pack step by step. Whatever breaks, and wherever the worker is stopped: the pack before it stays until all of
// the new one is there and proved, and what is there is not fetched again.
import type { Manifest, PackEntry } from '#kiosk/pack/manifest.ts'
import { importPublic, verify, type PublicKey } from '#kiosk/signing.ts'
import {
  Refused,
  StorageFull,
  Unreachable,
  type Line,
  type Memory,
  type Shelf,
} from '#kiosk/pack/worker/shelf.ts'

export type Wanted = {
  /** Of the pack: its playlist, a dot, a hash. */
  version: string
  /** The server's key, as the kiosk was given it when it was enrolled. */
  key: PublicKey
}

/** How far the installation is. */
export type Progress =
  | { is: 'installed'; version: string }
  /** Bytes that are there, of all of the pack. */
  | { is: 'more'; done: number; of: number }
  | { is: 'failed'; why: 'unreachable' | 'refused' | 'full' | 'forged' | 'damaged' }

/** One step fetches no more than so many bytes and so many things, so that it ends before a worker is stopped. */
const stepBytes = 1024 * 1024
const stepEntries = 80
/** A long recording comes in parts, so that a line which breaks off costs no more than one of them. */
export const partBytes = 128 * 1024
/** Requests under way at once. */
const atOnce = 6

class Forged extends Error {}
class Damaged extends Error {}

/** What a signed manifest says. It was verified before it was kept. */
export const manifestIn = (signed: string | null): Manifest | null =>
  signed === null ? null : (JSON.parse(signed) as Manifest)

/** Does one step towards a pack; called again and again until it is installed or failed. */
export async function installStep(wanted: Wanted, shelf: Shelf, line: Line): Promise<Progress> {
  try {
    return await step(wanted, shelf, line)
  } catch (error) {
    const why = whyFailed(error)
    if (why === 'damaged' || (error instanceof Refused && error.gone)) await forgetNext(shelf)
    return { is: 'failed', why }
  }
}

function whyFailed(error: unknown): Extract<Progress, { is: 'failed' }>['why'] {
  if (error instanceof Unreachable) return 'unreachable'
  if (error instanceof Refused) return 'refused'
  if (error instanceof StorageFull) return 'full'
  if (error instanceof Forged) return 'forged'
  if (error instanceof Damaged) return 'damaged'
  throw error
}

/** The server has another pack by now: the next try asks for its manifest. */
const forgetNext = async (shelf: Shelf) => shelf.remember({ ...(await shelf.recall()), next: null })

async function step(wanted: Wanted, shelf: Shelf, line: Line): Promise<Progress> {
  const manifest = await manifestFor(wanted, shelf, line)
  const names = await shelf.names()
  const entries = distinct(manifest.entries)
  const missing = entries.filter(({ hash }) => !names.has(hash))
  if (missing.length === 0) return swap(shelf, manifest)
  await fetchSome(missing, names, shelf, line)
  const there = await shelf.names()
  const done = entries.filter(({ hash }) => there.has(hash)).reduce((sum, { bytes }) => sum + bytes, 0)
  const parts = missing
    .filter(({ hash }) => !there.has(hash))
    .reduce((sum, entry) => sum + partsOf(entry, there), 0)
  return { is: 'more', done: done + parts, of: entries.reduce((sum, { bytes }) => sum + bytes, 0) }
}

const partsOf = ({ hash, bytes }: PackEntry, names: ReadonlySet<string>) =>
  placesIn(bytes).filter(({ from }) => names.has(`${hash}.${from}`)).length * partBytes

const distinct = (entries: readonly PackEntry[]) => [
  ...new Map(entries.map((one) => [one.hash, one])).values(),
]

/** The manifest of the pack that is being installed; fetched and verified once. */
async function manifestFor({ version, key }: Wanted, shelf: Shelf, line: Line): Promise<Manifest> {
  const memory = await shelf.recall()
  const kept = manifestIn(memory.next)
  if (kept?.version === version) return kept
  const [playlist = ''] = version.split('.')
  const signed = await line.manifest(playlist)
  const isOurs = await verify(await importPublic(key), signed.signature, signed.manifest)
  const manifest = isOurs ? manifestIn(signed.manifest) : null
  if (manifest?.playlist !== playlist) throw new Forged()
  await shelf.remember({ ...memory, next: signed.manifest })
  return manifest
}

/** Fetches a few of the missing, several at once. The first fault ends it; what came before it stays. */
async function fetchSome(
  missing: readonly PackEntry[],
  names: ReadonlySet<string>,
  shelf: Shelf,
  line: Line,
): Promise<void> {
  let [bytes, taken] = [0, 0]
  const some = missing.filter((entry) => {
    if (taken > 0 && (bytes + costOf(entry) > stepBytes || taken >= stepEntries)) return false
    bytes += costOf(entry)
    taken += 1
    return true
  })
  const faults: unknown[] = []
  const worker = async () => {
    for (let entry = some.shift(); entry && faults.length === 0; entry = some.shift())
      await fetchEntry(entry, names, shelf, line).catch((error: unknown) => faults.push(error))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (faults.length > 0) throw faults[0]
}

const costOf = ({ bytes }: PackEntry) => Math.min(bytes, partBytes)

async function fetchEntry(
  entry: PackEntry,
  names: ReadonlySet<string>,
  shelf: Shelf,
  line: Line,
): Promise<void> {
  if (entry.bytes <= partBytes) return keepProved(entry, await line.entry(entry, null), shelf)
  const places = placesIn(entry.bytes)
  const next = places.find(({ from }) => !names.has(`${entry.hash}.${from}`))
  if (next) await shelf.put(`${entry.hash}.${next.from}`, await line.entry(entry, next))
  const left = places.filter((place) => place !== next && !names.has(`${entry.hash}.${place.from}`))
  if (left.length === 0) await join(entry, shelf)
}

const placesIn = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / partBytes) }, (_, i) => ({
    from: i * partBytes,
    bytes: Math.min(partBytes, bytes - i * partBytes),
  }))

/** Puts the parts together; they go whether they prove right or not. */
async function join(entry: PackEntry, shelf: Shelf): Promise<void> {
  const whole = new Uint8Array(entry.bytes)
  const places = placesIn(entry.bytes)
  for (const { from, bytes } of places) {
    const part = await shelf.get(`${entry.hash}.${from}`)
    if (part?.length === bytes) whole.set(part, from)
  }
  try {
    await keepProved(entry, whole, shelf)
  } catch (error) {
    // Full is not wrong: the parts are good when there is room again.
    if (error instanceof StorageFull) throw error
    for (const { from } of places) await shelf.remove(`${entry.hash}.${from}`)
    throw error
  }
  for (const { from } of places) await shelf.remove(`${entry.hash}.${from}`)
}

async function keepProved(entry: PackEntry, bytes: Uint8Array<ArrayBuffer>, shelf: Shelf): Promise<void> {
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
  if (hash.map((byte) => byte.toString(16).padStart(2, '0')).join('') !== entry.hash) throw new Damaged()
  await shelf.put(entry.hash, bytes)
}

/** A page that runs still asks for parts of the program that it came with. */
const outlives = ({ path }: PackEntry) =>
  path.startsWith('/_astro/') || path.startsWith('/kiosk/pack/search/')

/** All is there: one write makes it the pack that is shown. Then whatever no pack needs goes. */
async function swap(shelf: Shelf, manifest: Manifest): Promise<Progress> {
  const memory = await shelf.recall()
  const last = manifestIn(memory.active)
  const before = last && last.version !== manifest.version ? last.entries.filter(outlives) : memory.before
  await shelf.remember({ ...memory, active: memory.next, before, next: null })
  await sweep(shelf, await shelf.recall())
  return { is: 'installed', version: manifest.version }
}

async function sweep(shelf: Shelf, { active, before }: Memory): Promise<void> {
  const needed = new Set([...(manifestIn(active)?.entries ?? []), ...before].map(({ hash }) => hash))
  for (const name of await shelf.names()) if (!needed.has(name)) await shelf.remove(name)
}

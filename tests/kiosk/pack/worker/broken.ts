// A shelf and a line that break when they are told to, and the packs that go over them. The shelf outlives the worker.
import { createHash } from 'node:crypto'
import type { Manifest, PackEntry } from '#kiosk/pack/manifest.ts'
import { installStep, type Progress, type Wanted } from '#kiosk/pack/worker/install-pack.ts'
import {
  nothingKept,
  Refused,
  StorageFull,
  Unreachable,
  type Line,
  type Memory,
  type Shelf,
} from '#kiosk/pack/worker/shelf.ts'
import { makeSigningPair, publicOf, sign } from '#kiosk/signing.ts'

export type TestPack = { manifest: Manifest; files: Map<string, Buffer> }

/** A pack of these texts, by address. */
export function packOfTexts(texts: Record<string, string | Buffer>, playlist = 'county'): TestPack {
  const files = new Map<string, Buffer>()
  const entries: PackEntry[] = Object.entries(texts).map(([path, text]) => {
    const body = Buffer.from(text as string)
    const hash = createHash('sha256').update(body).digest('hex')
    files.set(hash, body)
    return { path, hash, bytes: body.length, type: 'text/plain' }
  })
  const version = `${playlist}.${createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 32)}`
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const dates = { builtAt: '2026-11-01T00:00:00.000Z', expiresAt: '2026-12-16T00:00:00.000Z' }
  return { manifest: { version, playlist, ...dates, entries, bytes }, files }
}

/** A server with a key; what it sends can be spoilt. */
export async function serverOf(pack: TestPack) {
  const pair = await makeSigningPair(true)
  const asked: string[] = []
  const server = {
    pack,
    key: await publicOf(pair),
    /** What was asked for, in order: `manifest`, or a hash with the place of a part. */
    asked,
    /** Requests that are still answered; then the line is gone. */
    left: Infinity,
    /** Bytes that arrive in the place of the right ones. */
    spoil: (bytes: Buffer) => bytes,
    forge: false,
    wanted: (): Wanted => ({ version: server.pack.manifest.version, key: server.key }),
  }
  const go = (what: string) => {
    if (server.left <= 0) throw new Unreachable()
    server.left -= 1
    asked.push(what)
  }
  const line: Line = {
    manifest: async () => {
      go('manifest')
      const manifest = JSON.stringify(server.pack.manifest)
      const text = server.forge ? manifest.replace('"bytes"', '"bytes" ') : manifest
      return { manifest: text, signature: await sign(pair.privateKey, manifest) }
    },
    entry: async ({ hash }, part) => {
      go(part ? `${hash}.${part.from}` : hash)
      const whole = server.pack.files.get(hash)
      if (!whole) throw new Refused(true)
      const bytes = part ? whole.subarray(part.from, part.from + part.bytes) : whole
      return new Uint8Array(server.spoil(bytes))
    },
  }
  return { ...server, line, server }
}

export type TestShelf = Shelf & {
  bytes: Map<string, Uint8Array<ArrayBuffer>>
  memory: () => Memory
  /** Bytes that fit; more is refused. */
  room: number
  /** Called before each change; what it throws is how the browser stopped the worker. */
  before: (change: string) => void
}

export function shelfInMemory(): TestShelf {
  let memory = nothingKept
  const bytes = new Map<string, Uint8Array<ArrayBuffer>>()
  const used = () => [...bytes.values()].reduce((sum, each) => sum + each.length, 0)
  const shelf: TestShelf = {
    bytes,
    memory: () => memory,
    room: Infinity,
    before: () => undefined,
    recall: async () => structuredClone(memory),
    remember: async (next) => {
      shelf.before('remember')
      memory = structuredClone(next)
    },
    names: async () => new Set(bytes.keys()),
    get: async (name) => bytes.get(name) ?? null,
    put: async (name, value) => {
      shelf.before(`put ${name}`)
      if (used() + value.length > shelf.room) throw new StorageFull()
      bytes.set(name, value)
    },
    remove: async (name) => {
      shelf.before(`remove ${name}`)
      bytes.delete(name)
    },
  }
  return shelf
}

/** Steps until it is installed or failed; tells how far it was after each. */
export async function install(wanted: Wanted, shelf: Shelf, line: Line): Promise<Progress[]> {
  const told: Progress[] = []
  do told.push(await installStep(wanted, shelf, line))
  while (told.at(-1)?.is === 'more')
  return told
}

/** What the screen would be shown now. */
export const shownVersion = (shelf: TestShelf): string | null => {
  const { active } = shelf.memory()
  return active === null ? null : (JSON.parse(active) as Manifest).version
}

/** True if everything of the shown pack is there. */
export const isWhole = (shelf: TestShelf): boolean => {
  const { active } = shelf.memory()
  return (
    active === null || (JSON.parse(active) as Manifest).entries.every(({ hash }) => shelf.bytes.has(hash))
  )
}

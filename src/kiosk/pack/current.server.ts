// Which pack each playlist has now. Packs are built in the background: when one is first needed, and again whenever the
// library changed; until the new one is ready the last one stays current.
import { now } from '#clock.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { signText } from '#kiosk/fleet/keys.server.ts'
import { buildPack, dated, type Making } from '#kiosk/pack/build.server.ts'
import { Manifest, type SignedManifest } from '#kiosk/pack/manifest.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import { playlistFor } from '#kiosk/pack/playlists.server.ts'
import {
  keepPack,
  keptPacks,
  retire,
  sweepPacks,
  type Description,
  type Kept,
} from '#kiosk/pack/store.server.ts'
import { log } from '#process/log.server.ts'

/** Several documents are often published one after another. */
const restMilliseconds = 2_000
/** Items are retired and files replaced without a word from the library. */
const staleMilliseconds = 3_600_000

type Packs = {
  making: Making
  current: Map<string, Kept>
  /** When each playlist was built, or begun to be, by this process; forgotten when the library changes. */
  begun: Map<string, number>
  building: Promise<void>
}

let packs: Promise<Packs> | null = null
let isEnding = false

/** Begins to keep packs. @returns what ends it, once the pack that is being built is done. */
export function keepPacks(making: Making): () => Promise<void> {
  isEnding = false
  const opened = open(making)
  packs = opened
  let rest: NodeJS.Timeout | undefined
  const forget = onLibraryChange(() => {
    clearTimeout(rest)
    rest = setTimeout(() => void buildAgain(), restMilliseconds).unref()
  })
  return async () => {
    isEnding = true
    forget()
    clearTimeout(rest)
    await (
      await opened
    ).building
    packs = null
  }
}

async function open(making: Making): Promise<Packs> {
  const current = new Map<string, Kept>()
  for (const kept of await keptPacks(making.dataDir))
    if (!current.has(kept.description.playlist)) current.set(kept.description.playlist, kept)
  return { making, current, begun: new Map(), building: Promise.resolve() }
}

/** Whatever was needed so far is built again. */
async function buildAgain(): Promise<void> {
  const kept = await packs
  const needed = [...(kept?.begun.keys() ?? [])]
  kept?.begun.clear()
  for (const id of needed) await packVersionFor(id)
}

/** Version of the pack that screens of a playlist should have; null while the first one is being built. */
export async function packVersionFor(playlistId: string): Promise<string | null> {
  return (await currentOf(playlistId))?.description.version ?? null
}

async function currentOf(playlistId: string): Promise<Kept | null> {
  const playlist = playlistFor(playlistId)
  const kept = await packs
  if (!playlist || !kept) return null
  const begun = kept.begun.get(playlist.id)
  if (!isEnding && (begun === undefined || now().getTime() - begun > staleMilliseconds)) {
    kept.begun.set(playlist.id, now().getTime())
    kept.building = kept.building.then(() => build(kept, playlist))
  }
  return kept.current.get(playlist.id) ?? null
}

async function build({ making, current }: Packs, playlist: Playlist): Promise<void> {
  if (isEnding) return
  try {
    const built = await buildPack(playlist, making)
    const before = current.get(playlist.id)?.description.version
    const { version, bytes, entries, leftOut } = built.description
    if (version === before) return
    await keepPack(making.dataDir, built)
    current.set(playlist.id, built)
    if (before) await retire(making.dataDir, before, now())
    log.info({ version, bytes, entries }, 'a pack for the screens of halls was built')
    for (const words of leftOut) log.warn({ playlist: playlist.id }, words)
    const versions = [...current.values()].map((one) => one.description.version)
    await sweepPacks(making.dataDir, new Set(versions), now())
  } catch (err) {
    log.error({ err, playlist: playlist.id }, 'a pack could not be built; screens keep the last one')
  }
}

/** Resolves when nothing is being built. */
export async function packsAreBuilt(): Promise<void> {
  const kept = await packs
  for (let building; building !== kept?.building;) {
    building = kept?.building
    await building
  }
}

/** All current packs, for the page of the fleet. */
export async function describePacks(): Promise<Description[]> {
  const all = [...((await packs)?.current.values() ?? [])].map(({ description }) => description)
  return all.toSorted((a, b) => (a.playlist < b.playlist ? -1 : 1))
}

/** The manifest of the current pack, dated this hour, so that what did not change does not expire; null while there is none. */
export async function signedManifest(playlistId: string): Promise<SignedManifest | null> {
  const kept = await currentOf(playlistId)
  if (!kept) return null
  const { playlist, version } = kept.description
  const hour = `${now().toISOString().slice(0, 13)}:00:00.000Z`
  const key = `${version} ${hour}`
  const last = signed.get(playlist)
  // A whole fleet may ask at once.
  const value = last?.key === key ? last.value : sign(kept.manifest, hour)
  signed.set(playlist, { key, value })
  return value
}

const signed = new Map<string, { key: string; value: Promise<SignedManifest> }>()

async function sign(kept: string, builtAt: string): Promise<SignedManifest> {
  const manifest = JSON.stringify(dated(Manifest.parse(JSON.parse(kept)), builtAt))
  return { manifest, signature: await signText(manifest) }
}

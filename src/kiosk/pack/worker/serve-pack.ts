// What the worker answers of a pack: exactly what its manifest names, nothing that was withdrawn, nothing after its end.
import { recordsSound } from '#process/headers.ts'
import type { Manifest, PackEntry } from '#kiosk/pack/manifest.ts'
import {
  assemble,
  gameAddress,
  outlineAddress,
  partAddress,
  type LessonPart,
  type Outline,
  type StoryPart,
} from '#kiosk/pack/parts.ts'
import { manifestIn } from '#kiosk/pack/worker/install-pack.ts'
import type { Memory } from '#kiosk/pack/worker/shelf.ts'
import { withoutWithdrawn } from '#kiosk/screen/without-withdrawn.ts'
import { readRange } from '#process/ranges.ts'
import type { Item } from '#quiz/question.ts'

/** What there is for an address. `gone`: withdrawn, or the pack has ended. */
export type Found = { is: 'entry'; entry: PackEntry } | { is: 'gone' } | { is: 'unknown' }

/** The memory made ready for many questions. */
export type Pack = {
  memory: Memory
  manifest: Manifest | null
  byPath: ReadonlyMap<string, PackEntry>
}

export const contentsAddress = '/kiosk/pack/contents.json'

export function packOf(memory: Memory): Pack {
  const manifest = manifestIn(memory.active)
  const entries = [...memory.before, ...(manifest?.entries ?? [])]
  return { memory, manifest, byPath: new Map(entries.map((entry) => [entry.path, entry])) }
}

/** How long a pack may still be shown. @param clock of the machine, ms since 1970. */
export const millisecondsLeft = ({ manifest, memory }: Pack, clock: number): number =>
  Date.parse(manifest?.expiresAt ?? '') - (clock - memory.ahead)

/** The program stays when the pack ends: somebody must say so. */
const isProgram = (path: string) =>
  path === '/kiosk' || path === '/favicon.svg' || path.startsWith('/_astro/')
const textAddress = /^\/kiosk\/pack\/(?:text|pinyin|part)\/(.+)\.(?:html|json)$/

/** What of the pack stands at an address. */
export function findIn(pack: Pack, path: string, clock: number): Found {
  // It is put together from others: the outline stands for it.
  const entry = pack.byPath.get(path === contentsAddress ? outlineAddress : path)
  if (!entry) return { is: 'unknown' }
  const [, document] = textAddress.exec(path) ?? []
  if (document !== undefined && pack.memory.withdrawn.includes(document)) return { is: 'gone' }
  return !isProgram(path) && millisecondsLeft(pack, clock) <= 0 ? { is: 'gone' } : { is: 'entry', entry }
}

/** The page may record a story that is told; nothing on the screen may look. */
const devices = { 'Permissions-Policy': recordsSound }
const always = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }

/** The reply with an entry. */
export const replyWith = (
  { type, policy }: PackEntry,
  bytes: Uint8Array<ArrayBuffer>,
  range: string | null,
): Response =>
  partOf(
    bytes,
    { ...always, 'Content-Type': type, ...(policy && { 'Content-Security-Policy': policy, ...devices }) },
    range,
  )

/**
 * What the screen shows, put together from its parts, without what was withdrawn.
 * @param read the bytes of an address of the pack.
 */
export async function contentsOf(
  { memory }: Pack,
  read: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const json = async <Value>(path: string) => JSON.parse(new TextDecoder().decode(await read(path))) as Value
  const outline = await json<Outline>(outlineAddress)
  const ids = [...outline.stories, ...outline.lessons]
  const parts = new Map(
    await Promise.all(
      ids.map(async (id) => [id, await json<StoryPart | LessonPart>(partAddress(id))] as const),
    ),
  )
  const contents = assemble(outline, await json<Item[]>(gameAddress), (id) => parts.get(id) as StoryPart)
  const headers = { ...always, 'Content-Type': 'application/json; charset=utf-8' }
  return new Response(JSON.stringify(withoutWithdrawn(contents, memory.withdrawn)), { headers })
}

/** Sound is sought in, so a browser asks for parts of it. */
export function partOf(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  range: string | null,
): Response {
  const asked = readRange(range ?? undefined, bytes.length)
  const own = { ...headers, 'Accept-Ranges': 'bytes' }
  if (asked === 'whole') return new Response(bytes, { headers: own })
  if (asked === 'none')
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } })
  const { first, last } = asked
  return new Response(bytes.slice(first, last + 1), {
    status: 206,
    headers: { ...own, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
  })
}

// Builds the pack of a playlist: texts, program, what fits, manifest. In small steps, so that whoever reads the site
// meanwhile does not wait.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from '#clock.server.ts'
import { audioExtensions, isFileName } from '#course/media.ts'
import { saySize } from '#course/measures.ts'
import { exhibitsOf, type Texts } from '#kiosk/pack/exhibits.server.ts'
import { leaveOut, type Piece } from '#kiosk/pack/fit.ts'
import { sizeOf, type Made } from '#kiosk/pack/made.ts'
import { mostPackBytes, type Manifest, type PackEntry } from '#kiosk/pack/manifest.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import { programOf } from '#kiosk/pack/program.server.ts'
import type { SitePages } from '#kiosk/pack/site-pages.server.ts'
import { hashOf, keepEntry, type Kept } from '#kiosk/pack/store.server.ts'
import { mediaIn } from '#kiosk/pack/text-media.ts'
import { lessonTexts, storyTexts } from '#kiosk/pack/texts.server.ts'
import { optionsOf } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'

export type Making = {
  dataDir: string
  pages: SitePages
  /** Items of the bank that anybody may practise, with their keys. Nothing secure, nothing that waits for approval. */
  openItems: () => Promise<readonly Item[]>
  /** Bytes that a pack may have. */
  most?: number
}

/** A text with sounds above it is so many times as long; what it is in truth is seen when it is made. */
const withSounds = 5
/** A pack is good for so many days, as long as a line may be silent and some more. */
export const goodDays = 45
const dayMilliseconds = 86_400_000

/** Builds what a playlist names of the published library. @throws Error where there is nothing to show. */
export async function buildPack(playlist: Playlist, making: Making): Promise<Kept> {
  const { dataDir, pages, most = mostPackBytes } = making
  const texts = { stories: await storyTexts(playlist, pages), lessons: await lessonTexts(playlist, pages) }
  const [first] = [...texts.stories, ...texts.lessons]
  if (!first) throw new Error(`The playlist ${playlist.id} names nothing that is on show.`)
  const program = await programOf(pages, first.page, writtenIn(texts))
  const { pieces, missing } = await piecesOf(texts, dataDir)
  const game = (await making.openItems()).filter((item) => optionsOf(item) !== null)
  for (let room = most - sizeOf(program); ;) {
    const out = leaveOut(pieces, room)
    const fitting = without(texts, out)
    const media = pieces.filter((piece) => piece.is !== 'document' && !out.includes(piece))
    const files = new Map(media.map(({ name, bytes }) => [name, bytes]))
    const made = [...program, ...(await exhibitsOf(playlist, fitting, game, files))]
    const over = sizeOf(made) - most
    if (over <= 0) {
      const leftOut = [...out.map((piece) => sayLeftOut(piece, texts)), ...missing.map(sayMissing)]
      return keep(playlist, made, dataDir, { texts: fitting, leftOut })
    }
    if (out.length === pieces.length) throw new Error(`Not even the program fits into ${saySize(most)}.`)
    // Whatever was estimated too low: so much less, and so at least one piece, goes in the next time.
    room = bytesIn(pieces) - bytesIn(out) - over
  }
}

const bytesIn = (pieces: readonly Piece[]) => pieces.reduce((sum, { bytes }) => sum + bytes, 0)

/** Titles and quotations. */
const writtenIn = ({ stories, lessons }: Texts) =>
  [...stories, ...lessons]
    .map(({ shown, quotations }) => [
      shown.title,
      'sections' in shown ? [shown.course, ...shown.sections.map(({ title }) => title)] : shown.hall,
      quotations.map(({ text, source }) => text + source),
    ])
    .flat(2)
    .join('')

/** All that may be left out, and files that are gone. */
async function piecesOf({ stories, lessons }: Texts, dataDir: string) {
  const media = new Set([
    ...stories.flatMap(({ shown }) => [shown.picture, shown.recording?.src]),
    ...[...stories, ...lessons].flatMap(({ html }) => mediaIn(html)),
  ])
  const pieces: Piece[] = [...stories, ...lessons].map(({ shown, html }) => ({
    ...{ name: shown.id, bytes: withSounds * Buffer.byteLength(html) },
    is: 'document',
  }))
  const missing: string[] = []
  for (const name of media) {
    if (!name) continue
    const found = await stat(join(dataDir, name)).catch(() => null)
    if (found) pieces.push({ name, bytes: found.size, is: isSound(name) ? 'recording' : 'picture' })
    else missing.push(name)
  }
  return { pieces, missing }
}

const isSound = (path: string) => isFileName(path.slice('/media/'.length), audioExtensions)

function without({ stories, lessons }: Texts, out: readonly Piece[]): Texts {
  const gone = new Set(out.map(({ name }) => name))
  const stays = ({ shown }: { shown: { id: string } }) => !gone.has(shown.id)
  return { stories: stories.filter(stays), lessons: lessons.filter(stays) }
}

const sayPiece = { recording: '录音', picture: '图片', document: '全文' }

function sayLeftOut({ name, bytes, is }: Piece, { stories, lessons }: Texts): string {
  const of = [...stories, ...lessons].find(
    ({ shown, html }) =>
      shown.id === name ||
      shown.recording?.src === name ||
      ('picture' in shown && shown.picture === name) ||
      html.includes(name),
  )
  const size = is === 'document' ? '' : `（${saySize(bytes)}）`
  return `《${of?.shown.title ?? name}》的${sayPiece[is]}${size}放不下，没有带上。`
}

const sayMissing = (name: string) => `文件 ${name} 不在了，屏幕上它的位置会空着。`

async function keep(
  playlist: Playlist,
  made: readonly Made[],
  dataDir: string,
  { texts, leftOut }: { texts: Texts; leftOut: string[] },
): Promise<Kept> {
  const entries: PackEntry[] = []
  for (const one of made) {
    const { path, type, policy } = one
    const hash =
      'body' in one ? await keepEntry(dataDir, type, one.body) : path.slice('/media/'.length).split('.')[0]
    const bytes = 'body' in one ? one.body.length : one.bytes
    entries.push({ path, hash: hash ?? '', bytes, type, ...(policy !== undefined && { policy }) })
  }
  const version = `${playlist.id}.${hashOf(JSON.stringify(entries)).slice(0, 32)}`
  const builtAt = now().toISOString()
  const manifest = dated({ version, playlist: playlist.id, entries, bytes: sizeOf(made) }, builtAt)
  const counts = { entries: entries.length, stories: texts.stories.length, lessons: texts.lessons.length }
  const description = {
    playlist: playlist.id,
    title: playlist.title,
    version,
    builtAt,
    bytes: manifest.bytes,
  }
  return { manifest: JSON.stringify(manifest), description: { ...description, ...counts, leftOut } }
}

/** A manifest that is good from now on. */
export const dated = (undated: Omit<Manifest, 'builtAt' | 'expiresAt'>, builtAt: string): Manifest => ({
  ...undated,
  builtAt,
  expiresAt: new Date(Date.parse(builtAt) + goodDays * dayMilliseconds).toISOString(),
})

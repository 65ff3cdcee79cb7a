// Takes a file for a draft: received, looked at by its content, and kept under the hash of its bytes.
import { readFile } from 'node:fs/promises'
import { mediaAddress } from '#course/place-media.ts'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { media } from '#db/schema/library.ts'
import { Refusal } from '#refusal.ts'
import { contentsOf, requireSize, type Contents } from '#studio/files/contents.server.ts'
import { draftName, sortOf, tooLarge, type Family } from '#studio/files/file-kinds.ts'
import { discard, keep, receive, requireRoom, type Part } from '#studio/files/incoming.server.ts'
import { takePicture } from '#studio/picture/take-picture.server.ts'

/** A file as it is sent. */
export type Sent = {
  /** As the sender calls it; nothing is believed of it but what kind it claims to be. */
  name: string
  stream: AsyncIterable<Uint8Array>
  /** As announced, if it was. */
  bytes?: number | undefined
  /** As the sender measured; used where the file itself does not say. */
  seconds?: number | undefined
}

/** A file that is kept. */
export type Taken = {
  /** A name to stand beside the text, with the extension of what it is. */
  name: string
  /** `<hash>.<extension>` in DATA_DIR/media. */
  stored: string
  url: string
  bytes: number
  /** Whole seconds of sound and film, at least 1; absent if neither the file nor the sender could say. */
  seconds?: number
}

/** Seconds that a sender may claim. */
const longest = 4 * 3600

/** @throws Refusal in words; then nothing is kept. */
export async function takeFile(dataDir: string, { name, stream, bytes = 0, seconds }: Sent): Promise<Taken> {
  const { family, most } = sortOf(name, bytes)
  await requireRoom(dataDir, bytes)
  const part = await receive(dataDir, stream, most, () => tooLarge(name))
  try {
    if (part.bytes === 0) throw new Refusal('invalid', '文件是空的。', '请打开看看，再传一次。')
    const taken = family === 'picture' ? await asPicture(dataDir, part, name) : await asIs(part, name, family)
    return await store(dataDir, taken, name, seconds)
  } finally {
    await discard(part.path)
  }
}

type Looked = { part: Part; contents: Contents }

/** A picture is written anew, so that what the camera noted stays behind. */
async function asPicture(dataDir: string, part: Part, name: string): Promise<Looked> {
  const { bytes, extension } = await takePicture(await readFile(part.path), name)
  const again = await receive(dataDir, [bytes], bytes.length, () => tooLarge(name))
  return { part: again, contents: { extension } }
}

async function asIs(part: Part, name: string, family: Exclude<Family, 'picture'>): Promise<Looked> {
  const contents = await contentsOf(part.path, name, family)
  requireSize(name, contents.extension, part.bytes)
  return { part, contents }
}

async function store(
  dataDir: string,
  { part, contents }: Looked,
  name: string,
  measured: number | undefined,
): Promise<Taken> {
  const { extension } = contents
  const { hash, bytes } = part
  const stored = await keep(dataDir, part, extension)
  const row = { hash, extension, bytes, createdAt: now().toISOString() }
  await write((tx) => tx.insert(media).values(row).onConflictDoNothing())
  const taken = { name: draftName(name, extension), stored, url: mediaAddress({ hash, extension }), bytes }
  const seconds = contents.seconds === undefined ? null : (contents.seconds ?? claimed(measured))
  return seconds === null ? taken : { ...taken, seconds: Math.max(1, Math.round(seconds)) }
}

const claimed = (seconds = NaN) => (seconds > 0 && seconds <= longest ? seconds : null)

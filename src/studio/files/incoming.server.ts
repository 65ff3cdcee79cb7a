// Files on their way in: written beside the media under a name that nobody can ask for, and renamed once they are whole.
// What a crash leaves behind is cleared at the next start, because one process owns the folder.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { mediaOf } from '#db/place.ts'
import { Refusal } from '#refusal.ts'

/** A file that is on the disk, but not yet among the media. */
export type Part = { path: string; hash: string; bytes: number }

/** Bytes that stay free for the learning record. */
const reserve = 512 * 1024 * 1024

const incomingOf = (dataDir: string) => join(mediaOf(dataDir), '.incoming')

const noRoom = () =>
  new Refusal(
    'busy',
    '服务器的存储空间不够了，文件没有存下。',
    '请告诉管理员腾出空间，再传一次；稿子里的文字都在。',
  )

/** What people are told of an error of the file system; a bug stays what it is. */
export function toldOfDisk(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) ? Object.assign(noRoom(), { cause: error }) : error
}

/** @throws Refusal if a file of so many bytes would fill the disk. */
export async function requireRoom(dataDir: string, bytes: number) {
  await mkdir(incomingOf(dataDir), { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(dataDir)
  if (bavail * bsize < bytes + reserve) throw noRoom()
}

/**
 * Writes what comes to the disk, flushed. Nothing stays if it breaks off.
 * @param tooMuch what is thrown when more than `most` bytes come.
 */
export async function receive(
  dataDir: string,
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
  tooMuch: () => Error,
): Promise<Part> {
  const path = join(incomingOf(dataDir), `${randomUUID()}.part`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of stream) {
        bytes += piece.length
        if (bytes > most) throw tooMuch()
        hash.update(piece)
        await file.appendFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await discard(path)
    throw toldOfDisk(error)
  }
  return { path, hash: hash.digest('hex'), bytes }
}

/** Removes what is not wanted. */
export const discard = (path: string) => rm(path, { force: true })

/** Puts a file among the media, where the same bytes are the same file. */
export async function keep(dataDir: string, { path, hash }: Part, extension: string): Promise<string> {
  const stored = `${hash}.${extension}`
  await rename(path, join(mediaOf(dataDir), stored))
  const folder = await open(mediaOf(dataDir))
  await folder.sync().finally(() => folder.close())
  return stored
}

/** Removes what was on its way when the process ended; called at the start, before anybody is let in. */
export const clearIncoming = (dataDir: string) => rm(incomingOf(dataDir), { recursive: true, force: true })

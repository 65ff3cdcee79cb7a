// Copies, hashes and flushes files without holding anybody up.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, fsyncSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Hears the bytes of each piece that was read. */
type Step = (bytes: number) => void

/** SHA-256 of a file, hexadecimal. */
export async function hashOfFile(path: string, step: Step = () => undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer)
    step((chunk as Buffer).length)
  }
  return hash.digest('hex')
}

/** Copies a file, flushed to the disk and readable by its owner only; returns the SHA-256 of what was copied. */
export async function copyHashed(from: string, to: string, step: Step = () => undefined): Promise<string> {
  const hash = createHash('sha256')
  // Opened before the target is: a file that is not there must not leave a half-made one that appears later.
  const source = await open(from)
  await pipeline(
    source.createReadStream({ highWaterMark: 1 << 20 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        step(chunk.length)
        yield chunk
      }
    },
    createWriteStream(to, { mode: 0o600, flush: true }),
  )
  return hash.digest('hex')
}

/** Sees to it that a file, or what a folder names, is on the disk. Never for a database that is open. */
export function flush(path: string): void {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

// Parts of a file on the disk, for who looks into it without holding it: small reads share one window.
import { open, type FileHandle } from 'node:fs/promises'

/** A file; `read` gives what is there, so less at the end. */
export type FileBytes = { size: number; read: (at: number, length: number) => Promise<Buffer> }

const windowBytes = 64 * 1024

/** Opens a file for looking, and closes it whatever happens. */
export async function lookInto<T>(path: string, look: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await open(path)
  try {
    return await look({ size: (await handle.stat()).size, read: windowed(handle) })
  } finally {
    await handle.close()
  }
}

function windowed(handle: FileHandle): FileBytes['read'] {
  let held = { at: 0, bytes: Buffer.alloc(0) }
  return async (at, length) => {
    const from = at - held.at
    if (from >= 0 && from + length <= held.bytes.length) return held.bytes.subarray(from, from + length)
    const wanted = Math.max(length, windowBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at)
    held = { at, bytes: buffer.subarray(0, bytesRead) }
    return held.bytes.subarray(0, length)
  }
}

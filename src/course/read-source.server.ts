// Reads what authors wrote from a folder: never more of a file than shows that it is too large.
import { open, readdir } from 'node:fs/promises'
import type { Dirent } from 'node:fs'
import { limits } from '#course/limits.ts'

/** The text of a file, or null if there is no such file. Of a file that is too large only as much as shows that it is. */
export async function readSource(path: string): Promise<string | null> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return null
  try {
    const bytes = Buffer.alloc(limits.bytes + 1)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    return new TextDecoder('utf-8').decode(bytes.subarray(0, bytesRead))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return null
    throw error
  } finally {
    await handle.close()
  }
}

/** Names of the folders in a folder, sorted; hidden ones left out. */
export const foldersIn = (path: string) => namesIn(path, (entry) => entry.isDirectory())

/** Names of the .yaml files in a folder, sorted; hidden ones left out. */
export const yamlFilesIn = (path: string) =>
  namesIn(path, (entry) => entry.isFile() && entry.name.endsWith('.yaml'))

/** None where the folder is missing. */
async function namesIn(path: string, wanted: (entry: Dirent) => boolean): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries
    .filter((entry) => wanted(entry) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}

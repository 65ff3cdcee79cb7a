// A disk that can be filled and emptied again: a small tmpfs. Where nobody may mount one, files may grow no further
// instead, which fails in the same place with another error; the long version insists on the tmpfs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = {
  folder: string
  /** What people are told when it is full, and what health calls it. */
  words: string
  kind: 'full' | 'broken'
  /** What it is, for who runs the tests. */
  what: string
  /** Takes all room that is left; `pid` is the process that writes. */
  fill: (pid: number) => void
  free: (pid: number) => void
  remove: () => void
}

const bytes = 1 << 20

/** Makes a disk of 16 MB. */
export function smallDisk(insist: boolean): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-full-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    if (!insist) return limited(folder)
    rmSync(folder, { recursive: true })
    throw new Error(`No tmpfs can be mounted here, which needs root: ${String(error)}`)
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    words: '服务器的存储空间满了',
    kind: 'full',
    what: 'tmpfs of 16 MB',
    fill: () => fillUp(filler),
    free: () => rmSync(filler),
    remove: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function fillUp(filler: string) {
  writeFileSync(filler, '')
  for (let size = bytes; size >= 1; size = Math.floor(size / 2)) {
    const file = openSync(filler, 'a')
    try {
      for (;;) if (writeSync(file, Buffer.alloc(size)) < size) break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      closeSync(file)
    }
  }
}

function limited(folder: string): SmallDisk {
  const limit = (pid: number, size: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`])
  return {
    folder,
    words: '服务器的存储出了故障',
    kind: 'broken',
    what: 'files that may not grow, for want of a tmpfs',
    fill: (pid) => limit(pid, String(statSync(join(folder, 'lianxue.db')).size)),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

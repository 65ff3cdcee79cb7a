// Whether a disk has room for a copy: one that fills it would stop everybody who writes.
import { statfsSync } from 'node:fs'
import { Refusal } from '#refusal.ts'

/** What must be left for others. */
const leftBytes = 16 * 1024 * 1024

export const noRoom = (place: string) =>
  new Refusal('busy', `${place} 所在的磁盘空间不够，没有做。`, '请清理磁盘；备份可以用 --out 放到别的磁盘。')

/** @throws Refusal `busy` if so many bytes, and a little more, do not fit. */
export function requireRoom(place: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(place)
  if (bavail * bsize < bytes * 1.1 + leftBytes) throw noRoom(place)
}

// Which backups there are: folders named by their time in a place such as DATA_DIR/backups, with `media/` beside them.
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { dayOf } from '#day.ts'
import { readManifest, type Manifest } from '#db/manifest.ts'
import { isNewer } from '#db/migrate.server.ts'
import { backupsOf } from '#db/place.ts'

export type Backup = { name: string; path: string; manifest: Manifest }

/** How many backups are kept. */
export const keptBackups = 14

const named = /^\d{4}-\d\d-\d\d-\d{6}(-\d+)?$/
/** A backup that is being made, or was broken off. */
const unfinished = /^part-/

/** The folder of a backup made at an instant: `2026-11-27-003000`, Asia/Shanghai. */
export function backupName(at: string): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
  return `${dayOf(at)}-${local.slice(11, 19).replaceAll(':', '')}`
}

/** Names of what lies in a folder; none if there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A whole backup at a path, or why there is none. */
export function backupAt(
  path: string,
): { type: 'read'; backup: Backup } | { type: 'none' | 'newer' | 'broken' } {
  let text: string
  try {
    text = readFileSync(join(path, 'manifest.json'), 'utf8')
  } catch {
    return { type: 'none' }
  }
  const outcome = readManifest(text)
  if (outcome.type !== 'read') return outcome
  return { type: 'read', backup: { name: basename(path), path: resolve(path), manifest: outcome.manifest } }
}

/** The backups that can be read in a place, oldest first. */
export function backupsIn(place: string): Backup[] {
  return namesIn(place)
    .filter((name) => named.test(name))
    .flatMap((name) => {
      const outcome = backupAt(join(place, name))
      return outcome.type === 'read' ? [outcome.backup] : []
    })
    .sort((a, b) => (a.manifest.createdAt < b.manifest.createdAt ? -1 : 1))
}

/** The newest backup of DATA_DIR that this code can restore, or null. */
export function newestBackup(dataDir: string): Backup | null {
  const usable = backupsIn(backupsOf(dataDir)).filter(({ manifest }) => !isNewer([manifest.schema.when]))
  return usable.at(-1) ?? null
}

/** Where the files of the library lie that backups of one place share. */
export const sharedMedia = (place: string) => join(place, 'media')

/** … and those of one backup: in it, or beside it. */
export const mediaPlaces = ({ path }: Backup) => [sharedMedia(path), sharedMedia(dirname(path))]

/** Removes what was broken off. */
export function clearUnfinished(place: string): void {
  for (const name of namesIn(place).filter((each) => unfinished.test(each)))
    rmSync(join(place, name), { recursive: true, force: true })
}

/** Keeps the newest backups, and of the files of the library those that one of them names. */
export function prune(place: string, keep = keptBackups): void {
  const folders = namesIn(place).filter((name) => named.test(name))
  const backups = backupsIn(place)
  const old = backups.slice(0, Math.max(0, backups.length - keep))
  for (const { name, path } of old) {
    // Under this name half a folder is no backup.
    renameSync(path, join(place, `part-${name}`))
    rmSync(join(place, `part-${name}`), { recursive: true, force: true })
  }
  // A backup that cannot be read may still need its files.
  if (backups.length < folders.length) return
  const wanted = new Set(backups.slice(old.length).flatMap(({ manifest }) => manifest.media))
  for (const file of namesIn(sharedMedia(place)))
    if (!wanted.has(file)) rmSync(join(sharedMedia(place), file), { force: true })
}

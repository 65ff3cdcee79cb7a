// What a backup says of itself: manifest.json beside its database.
import { z } from 'astro/zod'

const instant = z.iso.datetime({ precision: 3 })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()

/** Name of the `mark` row with the id that tells one database from another. */
export const ownIdMark = 'own-id'

/** A file of the library: `<hash>.<extension>`. */
export const mediaName = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/

/** The form of backups that this code writes and reads. */
export const backupFormat = 1

export const Manifest = z.strictObject({
  format: z.literal(backupFormat),
  /** Version of the program that made it. */
  program: z.string(),
  /** By schedule, by `npm run backup`, or before a migration. */
  reason: z.enum(['schedule', 'command', 'migration']),
  createdAt: instant,
  /** Which database it is of: its own id. */
  databaseId: z.uuid(),
  /** Its newest migration: name of the file, `when` of the journal, hash of the file. */
  schema: z.strictObject({ tag: z.string(), when: count, hash }),
  /** The record at that moment: events, number of the last, chains, and the root over their heads. */
  events: count,
  lastSeq: count,
  chains: count,
  root: hash,
  /** The file lianxue.db. */
  database: z.strictObject({ bytes: count, sha256: hash }),
  /** Files of the library, in `media/` beside the backup. */
  media: z.array(z.string().regex(mediaName)),
  /** Files of the library that were not there, or not whole, when it was made. */
  missing: z.array(z.string()),
})
export type Manifest = z.infer<typeof Manifest>

/** The file's text as a manifest, or why it is none. */
export function readManifest(
  text: string,
): { type: 'read'; manifest: Manifest } | { type: 'newer' | 'broken' } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { type: 'broken' }
  }
  const outcome = Manifest.safeParse(json)
  if (outcome.success) return { type: 'read', manifest: outcome.data }
  const format = z.object({ format: z.number() }).safeParse(json)
  return { type: format.success && format.data.format > backupFormat ? 'newer' : 'broken' }
}

// The kiosks there are, with their keys ready to verify with: asked for every hello and every entry, so kept in memory.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { importPublic } from '#kiosk/signing.ts'
import type { Asking } from '#kiosk/step.ts'

export type Known = Asking & {
  playlist: string
  enrolledAt: string
  revokedAt: string | null
  /** Its public key. */
  key: CryptoKey
}

const known = new Map<string, Promise<Known | null>>()

/** A kiosk by its id, revoked ones too; null if there never was one. */
export function knownKiosk(id: string): Promise<Known | null> {
  const kept = known.get(id)
  if (kept) return kept
  const found = load(id)
  known.set(id, found)
  // Ids that somebody made up would fill the memory.
  const forget = () => known.delete(id)
  found.then((one) => one ?? forget(), forget)
  return found
}

/** After a change of its row by an administrator. */
export const forgetKiosk = (id: string) => void known.delete(id)

async function load(id: string): Promise<Known | null> {
  const [row] = await read
    .select({
      id: kiosk.id,
      unitId: kiosk.unitId,
      name: kiosk.name,
      playlist: kiosk.playlist,
      enrolledAt: kiosk.enrolledAt,
      revokedAt: kiosk.revokedAt,
      publicKey: kiosk.publicKey,
    })
    .from(kiosk)
    .where(eq(kiosk.id, id))
  if (!row) return null
  const { publicKey, ...rest } = row
  return { ...rest, key: await importPublic(publicKey) }
}

// Gives a screen another playlist: at its next contact it gets another pack.
import { eq } from 'drizzle-orm'
import { write } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { findKiosk } from '#kiosk/fleet/approve.server.ts'
import { forgetKiosk } from '#kiosk/fleet/known.server.ts'
import { knownPlaylists } from '#kiosk/pack/playlists.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** @throws WrongField `playlist`, Refusal `not-yours`, `closed` */
export async function setPlaylist(
  session: Session,
  asked: { kiosk: string; playlist: string },
): Promise<void> {
  const { kiosk: id, playlist } = asked
  if (!knownPlaylists().some((one) => one.id === playlist))
    throw new WrongField('playlist', 'invalid', '没有这份播放单。', '请从列表里选一份。')
  await write(async (tx) => {
    const found = await findKiosk(session, id, tx)
    if (found.kiosk.revokedAt) throw new Refusal('closed', '这台大屏已经停用。', '要再用，请重新登记。')
    await tx.update(kiosk).set({ playlist }).where(eq(kiosk.id, id))
    await noteAct(tx, session.person.id, 'kiosk-playlist-set', id, { playlist })
  })
  forgetKiosk(id)
}

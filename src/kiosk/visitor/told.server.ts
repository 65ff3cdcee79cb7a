// The family stories that the screens of a unit show.
import { and, desc, eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { toldStory } from '#db/schema/village.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'

/** Stories that a screen holds at most, the newest: half an hour of voices is some ten megabytes. */
const mostShown = 30

/** Where a recording is fetched, by a reviewer and by a screen. */
export const voiceAt = (stored: string | null) => stored && `/media/${stored}`

/** The stories of a unit that its screens show, the newest first. */
export async function toldIn(unitId: string): Promise<HallSheet['told']> {
  const rows = await read
    .select()
    .from(toldStory)
    .where(and(eq(toldStory.unitId, unitId), eq(toldStory.state, 'shown')))
    .orderBy(desc(toldStory.at), desc(toldStory.id))
    .limit(mostShown)
  return rows.map(({ id, title, teller, text, voice, seconds, at }) => {
    return { id, title, teller, text, voice: voiceAt(voice), seconds, at }
  })
}

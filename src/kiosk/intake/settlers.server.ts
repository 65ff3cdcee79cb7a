// Who brings entries where they belong, by their kind. One line for each kind of entry-body.ts but `studied`, which comes in
// runs (visit/settle-studied).
import { settleClosed, settleCounted, settleIn, settleOpened, settleOut } from '#kiosk/hall/settle.server.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Settle } from '#kiosk/intake/settled.ts'
import { settleAnswered } from '#kiosk/visit/settle-answered.server.ts'
import { settleRated } from '#kiosk/visitor/settle-rated.server.ts'
import { settleStoryTold, settleVoicePart } from '#kiosk/visitor/settle-told.server.ts'
import { settleVisitBegan, settleVisitEnded } from '#kiosk/visit/settle-visit.server.ts'

/** Entries that stand alone. */
export const settlers: { [Kind in Exclude<EntryBody['kind'], 'studied'>]: Settle<Kind> } = {
  'visit-began': settleVisitBegan,
  answered: settleAnswered,
  'visit-ended': settleVisitEnded,
  rated: settleRated,
  'story-told': settleStoryTold,
  'voice-part': settleVoicePart,
  'hall-opened': settleOpened,
  'hall-in': settleIn,
  'hall-out': settleOut,
  'hall-counted': settleCounted,
  'hall-closed': settleClosed,
}

// Who brings entries where they belong, by their kind. One line for each kind of entry-body.ts.
import { settleClosed, settleCounted, settleIn, settleOpened, settleOut } from '#kiosk/hall/settle.server.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Settle } from '#kiosk/intake/settled.ts'
import { settleAnswered } from '#kiosk/visit/settle-answered.server.ts'
import { settleRated } from '#kiosk/visitor/settle-rated.server.ts'
import { settleStoryTold, settleVoicePart } from '#kiosk/visitor/settle-told.server.ts'
import { settleStudied } from '#kiosk/visit/settle-studied.server.ts'
import { settleVisitBegan, settleVisitEnded } from '#kiosk/visit/settle-visit.server.ts'

export const settlers: { [Kind in EntryBody['kind']]: Settle<Kind> } = {
  'visit-began': settleVisitBegan,
  studied: settleStudied,
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

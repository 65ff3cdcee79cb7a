// Who brings entries where they belong, by their kind. One line for each kind of entry-body.ts.
import { settleClosed, settleCounted, settleIn, settleOpened, settleOut } from '#kiosk/hall/settle.server.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Settle, SettleAll } from '#kiosk/intake/settled.ts'
import { settleAnswered } from '#kiosk/visit/settle-answered.server.ts'
import { settleRated } from '#kiosk/visitor/settle-rated.server.ts'
import { settleStoryTold, settleVoicePart } from '#kiosk/visitor/settle-told.server.ts'
import { settleStudied } from '#kiosk/visit/settle-studied.server.ts'
import { settleVisitBegan, settleVisitEnded } from '#kiosk/visit/settle-visit.server.ts'

export const settlers: { [Kind in EntryBody['kind']]: SettleAll<Kind> } = {
  'visit-began': each(settleVisitBegan),
  studied: settleStudied,
  answered: each(settleAnswered),
  'visit-ended': each(settleVisitEnded),
  rated: each(settleRated),
  'story-told': each(settleStoryTold),
  'voice-part': each(settleVoicePart),
  'hall-opened': each(settleOpened),
  'hall-in': each(settleIn),
  'hall-out': each(settleOut),
  'hall-counted': each(settleCounted),
  'hall-closed': each(settleClosed),
}

function each<Kind extends EntryBody['kind']>(settle: Settle<Kind>): SettleAll<Kind> {
  return async (entries) => {
    const all = []
    for (const entry of entries) all.push(await settle(entry))
    return all
  }
}

// Everything that an entry can say, once it is opened.
import { z } from 'astro/zod'
import { HallClosed, HallCounted, HallIn, HallOpened, HallOut } from '#kiosk/hall/body.ts'
import { Answered, Studied, VisitBegan, VisitEnded } from '#kiosk/visit/body.ts'
import { Rated, StoryTold, VoicePart } from '#kiosk/visitor/body.ts'

export const EntryBody = z.discriminatedUnion('kind', [
  VisitBegan,
  Studied,
  Answered,
  VisitEnded,
  Rated,
  StoryTold,
  VoicePart,
  HallOpened,
  HallIn,
  HallOut,
  HallCounted,
  HallClosed,
])
export type EntryBody = z.infer<typeof EntryBody>
export type BodyOf<Kind extends EntryBody['kind']> = Extract<EntryBody, { kind: Kind }>

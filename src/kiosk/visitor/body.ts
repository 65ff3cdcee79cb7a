// What a kiosk journals of villagers, who have no account: a rating, a family story. Nobody is named who did not want it.
import { z } from 'astro/zod'

/** Stars on what was read, or on how open the village's affairs are. */
export const Rated = z.strictObject({
  kind: z.literal('rated'),
  /** Address of the page on the site, or `/hall` for the openness of the hall. */
  page: z.string().startsWith('/').max(300),
  stars: z.int().min(1).max(5),
})

/** A family story, written or spoken; a voice follows in parts. */
export const StoryTold = z.strictObject({
  kind: z.literal('story-told'),
  title: z.string().min(1).max(60),
  /** As the teller wants to be called; empty for nobody. */
  teller: z.string().max(20),
  text: z.string().max(5_000),
  voice: z
    .strictObject({
      type: z.string().max(60),
      parts: z.int().min(1).max(200),
      seconds: z.number().positive().max(185),
    })
    .nullable(),
  /** Version of the words that the teller agreed to. */
  consent: z.string().min(1).max(40),
})

/** A part of the voice of a story, base64url. */
export const VoicePart = z.strictObject({
  kind: z.literal('voice-part'),
  /** Id of the entry of its story. */
  story: z.uuid(),
  /** From 0. */
  part: z.int().min(0).max(199),
  bytes: z.string().max(60_000),
})

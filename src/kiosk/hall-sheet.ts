// The sheet of a hall: what a screen shows of its own village, and the only place where it holds names.
import { z } from 'astro/zod'

const instant = z.string()

export const HallSheet = z.strictObject({
  /** Changes with the content. */
  version: z.string(),
  kiosk: z.strictObject({ id: z.string(), name: z.string() }),
  unit: z.strictObject({ name: z.string() }),
  /** Who may sign in here with a PIN: people with a post in this unit today. `key` means something at this kiosk only. */
  roster: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      /** Masked. */
      number: z.string(),
      /** First letter of the name's sound, A to Z, or `#`. */
      letter: z.string().max(1),
    }),
  ),
  /** Of the county, township or village, while they hold. */
  notices: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      text: z.string(),
      fromOn: z.string(),
      toOn: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      unit: z.string(),
    }),
  ),
  /** Family stories that were told in this unit and reviewed; `voice` is an address in the pack's way, or null. */
  told: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      teller: z.string(),
      text: z.string(),
      voice: z.string().nullable(),
      seconds: z.number().nullable(),
      at: instant,
    }),
  ),
  /** The village's own rules for good deeds of households, and what was recorded lately; null where it set none. */
  merit: z
    .strictObject({
      title: z.string(),
      agreedOn: z.string(),
      rules: z.array(z.strictObject({ id: z.string(), deed: z.string(), points: z.number() })),
      deeds: z.array(
        z.strictObject({ household: z.string(), deed: z.string(), points: z.number(), on: z.string() }),
      ),
    })
    .nullable(),
  /** Hall sessions that are open, or planned for the next days. */
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      kind: z.string(),
      agenda: z.array(z.string()),
      lesson: z.string().nullable(),
      at: instant,
      state: z.enum(['planned', 'open']),
      secret: z.string(),
    }),
  ),
})
export type HallSheet = z.infer<typeof HallSheet>

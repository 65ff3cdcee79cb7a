// What kiosks and phones that carry for them send to be stored, and what they hear.
import { z } from 'astro/zod'

/** POST /kiosk/entries: entries (entry.ts), each judged by itself, in any order and as often as one likes. */
export const EntriesAsk = z.strictObject({ entries: z.array(z.unknown()).max(200) })

/**
 * `stored`: ids that are safe here and need not be kept any longer. `refused`: those that will never be taken, and why
 * (Chinese); they need not be kept either. Whatever is in neither list is sent again.
 */
export type Taken = { stored: string[]; refused: { id: string; reason: string }[] }

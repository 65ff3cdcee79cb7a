// Whether somebody wants suggestions computed from what is believed of them (personal information protection law,
// article 24). Switched by nobody but the person.
import { eq } from 'drizzle-orm'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'

/** The form of the switch. */
export const SuggestionsForm = z.object({ want: z.enum(['yes', 'no'], '请选择要还是不要学习建议。') })

/** True unless the person has switched them off. */
export async function suggestionsWanted(personId: string): Promise<boolean> {
  const [row] = await read
    .select({ since: person.noSuggestionsAt })
    .from(person)
    .where(eq(person.id, personId))
  return (row?.since ?? null) === null
}

/** Switches the suggestions of whoever asks; off stays off since the first time. */
export async function wantSuggestions(
  { person: self }: Session,
  { want }: z.infer<typeof SuggestionsForm>,
): Promise<{ wanted: boolean }> {
  const wanted = want === 'yes'
  if (wanted !== (await suggestionsWanted(self.id))) {
    const noSuggestionsAt = wanted ? null : now().toISOString()
    await write((tx) => tx.update(person).set({ noSuggestionsAt }).where(eq(person.id, self.id)))
  }
  return { wanted }
}

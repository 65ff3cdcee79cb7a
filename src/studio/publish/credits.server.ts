// Who wrote and who read what is published, for the label beside it.
import { and, asc, eq, not } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { revision } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { draftWriter, reading } from '#db/schema/studio.ts'
import { isErased } from '#people/erase.server.ts'

/** Names; empty for what came from a file. Whoever has been erased is not named. */
export type Credits = { writers: string[]; reviewer: string | null; publisher: string | null }

/** The credits of one revision: those who signed its very text. */
export async function creditsOf(revisionId: string): Promise<Credits> {
  const [row] = await read
    .select({ draftId: revision.draftId, hash: revision.hash })
    .from(revision)
    .where(eq(revision.id, revisionId))
  if (!row?.draftId) return { writers: [], reviewer: null, publisher: null }
  const writers = await read
    .select({ name: person.name })
    .from(draftWriter)
    .innerJoin(person, eq(person.id, draftWriter.personId))
    .where(and(eq(draftWriter.draftId, row.draftId), not(isErased)))
    .orderBy(asc(draftWriter.firstAt))
  const signed = await read
    .select({ reading: reading.reading, name: person.name })
    .from(reading)
    .innerJoin(person, eq(person.id, reading.personId))
    .where(
      and(
        ...[eq(reading.draftId, row.draftId), eq(reading.hash, row.hash), eq(reading.verdict, 'passed')],
        not(isErased),
      ),
    )
    .orderBy(asc(reading.at))
  const nameOf = (which: string) => signed.findLast((one) => one.reading === which)?.name ?? null
  return {
    writers: writers.map(({ name }) => name),
    reviewer: nameOf('reviewer'),
    publisher: nameOf('publisher'),
  }
}

// Everything that the page of readings shows of one draft: how it differs from what is published, what was said of it,
// whose turn it is and what this person may do.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { diffText, type Line } from '#studio/difference/diff-text.ts'
import { sayDifference } from '#studio/difference/say-difference.ts'
import { mayWrite, rolesOver, type Draft } from '#studio/draft/draft.ts'
import { judgeStored, type Judged } from '#studio/draft/judge-draft.server.ts'
import { draftFor } from '#studio/draft/load.server.ts'
import { asRead, remarksOn } from '#studio/reading/read-draft.server.ts'
import { readingsOf, requireReader, waitingFor, type Reading, type Waiting } from '#studio/reading/reading.ts'

export type Review = {
  draft: Draft
  waiting: Waiting
  /** All readings that it needs, in order. */
  needed: readonly Reading[]
  remarks: Awaited<ReturnType<typeof remarksOn>>
  problems: Judged['problems']
  advice: Judged['advice']
  /** Against what readers see; of a new document against nothing. */
  words: string[]
  text: Line[]
  itemsText: Line[]
  /** Of what is published; null for a new document. */
  publishedNumber: number | null
  may: {
    handIn: boolean
    /** The reading that this person may make now. */
    read: 'reviewer' | 'publisher' | null
    /** Why not, if it waits for a reading that is not this person's. */
    whyNot: string | null
    publish: boolean
    write: boolean
  }
}

/** @throws Refusal */
export async function reviewOf(by: Session, id: string): Promise<Review> {
  const draft = await draftFor(by, id)
  const rule = await asRead(draft)
  const waiting = waitingFor(rule)
  const [judged, remarks, before] = await Promise.all([
    judgeStored(draft),
    remarksOn(id),
    publishedOf(draft.documentId),
  ])
  const open = draft.state === 'open'
  const roles = rolesOver(by, draft.unitPath)
  const turn = open ? turnOf(rule, waiting, by.person.id, roles) : { read: null, whyNot: null }
  const writes = open && mayWrite(by, draft)
  return {
    ...{ draft, waiting, remarks, needed: readingsOf(rule) },
    ...{ problems: judged.problems, advice: judged.advice },
    words: sayDifference(before, draft),
    text: diffText(before?.source ?? '', draft.source),
    itemsText: diffText(before?.itemsSource ?? '', draft.itemsSource ?? ''),
    publishedNumber: before?.number ?? null,
    may: {
      handIn:
        writes &&
        (waiting.type === 'mending' || (waiting.type === 'reading' && waiting.reading === 'author')),
      ...turn,
      publish: open && waiting.type === 'publication' && roles.has('publisher'),
      write: writes,
    },
  }
}

function turnOf(
  rule: Parameters<typeof requireReader>[0],
  waiting: Waiting,
  person: string,
  roles: ReadonlySet<string>,
): Pick<Review['may'], 'read' | 'whyNot'> {
  if (waiting.type !== 'reading' || waiting.reading === 'author') return { read: null, whyNot: null }
  try {
    requireReader(rule, waiting.reading, person, roles)
    return { read: waiting.reading, whyNot: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { read: null, whyNot: `${error.message}${error.hint}` }
  }
}

async function publishedOf(documentId: string) {
  const [row] = await read
    .select({
      ...{ source: revision.source, itemsSource: revision.itemsSource },
      ...{ files: revision.files, number: revision.number },
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(eq(document.id, documentId))
  return row ?? null
}

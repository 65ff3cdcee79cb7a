// Everything that the page of readings shows of one draft: how it differs from what is published, what was said of it,
// whose turn it is and what this person may do.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import type { Compared } from '#studio/difference/compare.ts'
import type { DraftState } from '#studio/difference/say-difference.ts'
import { mayWrite, rolesOver, type Draft } from '#studio/draft/draft.ts'
import { judgeStored, type Judged } from '#studio/draft/judge-draft.server.ts'
import { draftFor } from '#studio/draft/load.server.ts'
import { compareStates } from '#studio/judge/judge.server.ts'
import { asRead, remarksOn } from '#studio/reading/read-draft.server.ts'
import { readingsOf, requireReader, waitingFor, type Reading, type Waiting } from '#studio/reading/reading.ts'

/** Compared with what readers see; a new document with nothing. */
export type Review = Compared & {
  draft: Draft
  waiting: Waiting
  /** All readings that it needs, in order. */
  needed: readonly Reading[]
  remarks: Awaited<ReturnType<typeof remarksOn>>
  problems: Judged['problems']
  advice: Judged['advice']
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
    ...(await comparedWith(before, draft)),
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

/** What is too much to be compared is still read and signed. */
async function comparedWith(
  before: DraftState | null,
  { source, itemsSource, files }: DraftState,
): Promise<Compared> {
  try {
    return await compareStates(before, { source, itemsSource, files })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { words: ['改动太多，没有一处处说出来。请在预览里从头看一遍。'], text: [], itemsText: [] }
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

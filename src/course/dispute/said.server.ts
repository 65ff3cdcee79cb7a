// Objections with what each is about and what came of it, in words.
import { factsAbout } from '#course/dispute/facts.server.ts'
import { titlesOf } from '#course/titles.server.ts'
import { nameOf } from '#people/posts.server.ts'
import type { Dispute } from '#record/dispute.server.ts'
import { readAbout, sayOutcome, type Disputed } from '#record/dispute.ts'
import { factsOf } from '#record/hours/credited.server.ts'
import { takenOutBy, type Observed } from '#record/observed.server.ts'
import { sayWhich } from '#record/say-event.ts'

export type SaidDispute = Dispute & {
  kind: Disputed['kind'] | null
  /** Title of the lesson, stem of the question or name of the cell. */
  title: string
  /** What the answer changed, in a sentence; null while it is open. */
  changed: string | null
  /** Name of who answered; null while nobody has. */
  by: string | null
}

/** The same objections in the same order, in words. */
export async function disputesInWords(disputes: readonly Dispute[]): Promise<SaidDispute[]> {
  const settled = await factsOf(disputes.flatMap(({ eventId }) => eventId ?? []))
  return Promise.all(
    disputes.map(async (row) => {
      const { personId, about, outcome, answeredBy, eventId } = row
      const granted = settled.get(eventId ?? '')?.facts['granted'] as { seconds: number } | undefined
      const kind = readAbout(about)?.kind ?? null
      const out = kind === 'cell' && outcome === 'upheld' ? await inWords(await takenOutBy(row.id)) : []
      return {
        ...row,
        kind,
        title: (await factsAbout(personId, about, 'person'))?.title ?? '已经更正的一条',
        changed: outcome && sayOutcome(about, outcome, granted?.seconds ?? 0, out),
        by: answeredBy && ((await nameOf(answeredBy))?.name ?? null),
      }
    }),
  )
}

/** Which observations these are. */
export async function inWords(observed: readonly Observed[]): Promise<string[]> {
  const titles = await titlesOf(observed)
  return observed.map((one) => sayWhich(one, (id) => titles.get(id) ?? null))
}

// Everything that a person's record shows: credit, refused time, objections, receipts. Long lists come in pages.
import { now } from '#clock.server.ts'
import { factsAbout } from '#course/dispute/facts.server.ts'
import { disputesInWords } from '#course/dispute/said.server.ts'
import { titlesOf } from '#course/titles.server.ts'
import { read } from '#db/database.server.ts'
import { countDisputes, disputesAbout, disputesOf, takenBack } from '#record/dispute.server.ts'
import { creditsOf, receiptsOf } from '#record/hours/credited.server.ts'
import { countRefused, refusedOf } from '#record/hours/refused.server.ts'
import { latestRoot, verifyChain } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Which page of each list, from 1. */
export type Pages = { receipts: number; refused: number; disputes: number }

const perPage = { receipts: 30, refused: 10, disputes: 10 }

/** Which page is shown of how many, and whether another follows. */
type Shown = { page: number; pages: number; more: boolean }

function shown(page: number, rows: number, each: number): Shown {
  const pages = Math.max(1, Math.ceil(rows / each))
  return { page, pages, more: page < pages }
}

/** A person's record; `about` names one thing that is or was objected to. */
export async function ownRecord(person: string, asked: Pages, about: string | null) {
  const from = (list: keyof Pages) => (asked[list] - 1) * perPage[list]
  const [credits, refused, refusedCount, disputes, disputeCount, receipts, chain, root, inForce] =
    await Promise.all([
      creditsOf(person),
      refusedOf(person, perPage.refused, from('refused')),
      countRefused(person),
      disputesOf(person, perPage.disputes, from('disputes')),
      countDisputes(person),
      receiptsOf(person, perPage.receipts, from('receipts')),
      verifyChain(person),
      latestRoot(),
      versionsInForce(),
    ])
  const [titles, told, corrected] = await Promise.all([
    titlesOf([...receipts.map(({ facts }) => facts), ...refused]),
    disputesAbout(person, [
      ...refused.map(({ event }) => `time:${event}`),
      ...receipts.map(({ id }) => `answer:${id}`),
    ]),
    takenBack(
      read,
      receipts.map(({ id }) => id),
    ),
  ])
  return {
    credits,
    refused,
    disputes: await disputesInWords(disputes),
    receipts: receipts.map((row) => ({ ...row, corrected: corrected.has(row.id) })),
    chain,
    root,
    rule: inForce.hourRule(now().toISOString()),
    titles,
    /** The newest objection by what it is about, for what is listed here. */
    latest: new Map(told.toReversed().map((row) => [row.about, row])),
    asked: about === null ? null : await oneThing(person, about),
    pages: {
      receipts: shown(asked.receipts, chain.length, perPage.receipts),
      refused: shown(asked.refused, refusedCount, perPage.refused),
      disputes: shown(asked.disputes, disputeCount, perPage.disputes),
    },
  }
}

async function oneThing(person: string, about: string) {
  const [facts, disputes] = await Promise.all([
    factsAbout(person, about, 'person'),
    disputesAbout(person, [about]),
  ])
  return { about, facts, disputes: await disputesInWords(disputes) }
}

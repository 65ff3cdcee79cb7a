// What came of an attempt, for the person: points with their error, what to study, single answers as far as the test
// tells them, and how the map moved. Never a rank, never another person.
import type { Attempt, ItemRow } from '#assessment/attempt/attempt.server.ts'
import { attemptsOf, itemRowsOf, itemsOf } from '#assessment/attempt/attempt.server.ts'
import { draftIn, readDraft } from '#assessment/attempt/draft.ts'
import { standingOfColumns } from '#assessment/attempt/grade-paper.ts'
import { answerIn } from '#assessment/attempt/grade-row.ts'
import { settled } from '#assessment/attempt/hand-in.server.ts'
import { lessonsToStudy, type ToStudy } from '#assessment/attempt/lessons-to-study.server.ts'
import { movesOf, type Move } from '#assessment/attempt/moves.server.ts'
import { dimensionName, indicatorName } from '#assessment/attempt/names.server.ts'
import { regraded, regradedRows, regradesOf } from '#assessment/attempt/regraded.server.ts'
import type { Result } from '#assessment/attempt/result.ts'
import { sourcesNow } from '#assessment/bank/bank.server.ts'
import { sectionWith } from '#assessment/bank/drift.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'
import { read } from '#db/database.server.ts'
import type { Item } from '#quiz/question.ts'
import { explain, rightAnswer, sayAnswer } from '#quiz/say-answer.ts'

/** An attempt that is handed in. */
export type Handed = Attempt & { result: Result; handedAt: string }

/** One answer as it is told afterwards; what the test does not tell is null. */
export type Told = {
  position: number
  indicator: string
  standing: 'right' | 'partly' | 'wrong' | 'blank' | 'withdrawn' | 'waiting'
  earned: number
  possible: number
  /** Something was filled in after the time, or not far enough to be graded. */
  late: boolean
  half: boolean
  /** The question and what was answered, where items need not stay secret. */
  asked: { stem: string; said: string } | null
  /** Nothing either while another test that runs asks the same. */
  solution: {
    right: string
    rationale: string
    explained: string[]
    passage: string
    source: { title: string; href: string } | null
  } | null
  /** The event to object to; null where full points leave nothing to object to. */
  event: string | null
}

export type Outcome = {
  attempt: Handed
  areas: { indicator: string; name: string; earned: number; possible: number }[]
  dimension: string | null
  study: ToStudy[]
  /** Empty where the test tells nothing of single answers. */
  answers: Told[]
  moves: Move[]
  /** All attempts at this test that are handed in, the last first. */
  all: Handed[]
}

const isHanded = (attempt: Attempt): attempt is Handed => attempt.handedAt !== null && attempt.result !== null

/**
 * Attempts of a person that are handed in, the last first; those past their time are handed in now. Their results follow
 * objections that were upheld.
 */
export async function handedOf(person: string, assessment?: string): Promise<Handed[]> {
  const all = await Promise.all((await attemptsOf(read, person, assessment)).map(settled))
  const regrades = await regradesOf(person)
  return Promise.all(
    all
      .filter(isHanded)
      .reverse()
      .map((one) => regraded(one, regrades)),
  )
}

/** The outcome of an attempt at a test, of the last one if none is named; null if there is none. */
export async function outcomeOf(person: string, assessment: string, id?: string): Promise<Outcome | null> {
  const all = await handedOf(person, assessment)
  const attempt = id === undefined ? all[0] : all.find((one) => one.id === id)
  if (!attempt) return null
  const rows = regradedRows(await itemRowsOf(read, attempt.id), await regradesOf(person))
  const items = await itemsOf(rows)
  const { result, blueprint } = attempt
  const areas = result.areas.map((area) => ({ ...area, name: indicatorName(area.indicator) }))
  return {
    ...{ attempt, areas, all },
    dimension: result.estimate && dimensionName(result.estimate.dimension),
    study: await lessonsToStudy(person, areas),
    answers: blueprint.answers === 'none' ? [] : await tellAnswers(attempt, rows, items),
    moves: await movesOf(person, attempt, rows, items),
  }
}

async function tellAnswers(
  { blueprint, personId }: Handed,
  rows: readonly ItemRow[],
  items: ReadonlyMap<string, Item>,
): Promise<Told[]> {
  const sources = await sourcesNow()
  const tested = await itemsBeingTested(read, personId)
  return rows.flatMap((row): Told[] => {
    const item = items.get(row.itemId)
    if (!item) return []
    const { standing, share } = standingOfColumns(row)
    const answer = answerIn(row.answer)
    const draft = draftIn(row.answer)
    const half = draft !== null && readDraft(item, draft).state === 'partial'
    const source = sources.get(item.source ?? '')
    const place = source?.open ? sectionWith(source, item.passage) : null
    return [
      {
        ...{ position: row.position, indicator: indicatorName(item.indicator), half },
        standing: standing === 'graded' ? (share === 1 ? 'right' : share > 0 ? 'partly' : 'wrong') : standing,
        ...{ earned: row.earned ?? 0, possible: row.possible ?? 0, late: row.lateAt !== null },
        asked: blueprint.supervised ? null : { stem: item.stem, said: answer ? sayAnswer(item, answer) : '' },
        solution:
          blueprint.answers === 'solutions' && !tested.has(item.id)
            ? {
                right: sayAnswer(item, rightAnswer(item)),
                rationale: item.rationale,
                explained: answer ? explain(item, answer) : [],
                passage: item.passage,
                source: source?.open
                  ? { title: source.title, href: place ? `${source.href}#${place}` : source.href }
                  : null,
              }
            : null,
        event: share < 1 ? row.eventId : null,
      },
    ]
  })
}

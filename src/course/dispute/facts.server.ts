// What an objection is about, in words and numbers: the visit, the answer or the cell.
import { and, eq } from 'drizzle-orm'
import { titlesOf } from '#course/titles.server.ts'
import { read, write } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { noteAct } from '#people/audit.server.ts'
import { Answer, Item } from '#quiz/question.ts'
import { rightAnswer, sayAnswer } from '#quiz/say-answer.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { answerIn, eventIn, mayLackPoints } from '#record/dispute.server.ts'
import { readAbout } from '#record/dispute.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { refusedIn, type RefusedVisit } from '#record/hours/refused.server.ts'

/** `title` is that of the lesson, the stem of the question, or the name of the indicator. */
export type Facts =
  | { kind: 'time'; title: string; visit: Recorded<EventOf<'segment-studied'>>; refused: RefusedVisit }
  | {
      kind: 'answer'
      title: string
      answer: Recorded<EventOf<'question-answered'>>
      corrected: boolean
      /** The answer that was given. */
      said: string
    }
  | { kind: 'cell'; title: string; indicator: string }

const gone = '已撤展的课'

/**
 * The facts of what a person objects to; null if it is not there (any more), or not this person's. Items that are kept
 * secure are told to officers only: in the record of a person they could be copied.
 */
export async function factsAbout(
  personId: string,
  about: string,
  toldTo: 'person' | 'officer',
): Promise<Facts | null> {
  const disputed = readAbout(about)
  if (disputed?.kind === 'time') return timeFacts(personId, disputed.id)
  if (disputed?.kind === 'answer') return answerFacts(personId, disputed.id, toldTo)
  const cell = indicatorsOf(modelInUse().model).find(({ id }) => id === disputed?.id)
  return cell ? { kind: 'cell', title: cell.name, indicator: cell.id } : null
}

/** True if an objection could change something still. */
export function isOpen(facts: Facts): boolean {
  if (facts.kind === 'time') return facts.refused.left > 0
  return facts.kind === 'cell' || (!facts.corrected && mayLackPoints(facts.answer))
}

async function timeFacts(personId: string, eventId: string): Promise<Facts | null> {
  const visit = await eventIn(read, personId, eventId)
  const [refused] = await refusedIn(personId, [eventId])
  if (visit?.kind !== 'segment-studied' || !refused) return null
  const title = (await titlesOf([visit])).get(visit.lesson) ?? gone
  return { kind: 'time', title, visit, refused }
}

async function answerFacts(
  personId: string,
  eventId: string,
  toldTo: 'person' | 'officer',
): Promise<Facts | null> {
  const found = await answerIn(read, personId, eventId)
  if (!found) return null
  const { answer, corrected } = found
  const item = await itemAsked(answer)
  const given = Answer.safeParse(answer.answer).data
  if (toldTo === 'person' && (await isSecure(answer.item))) {
    const said = '监考卷的题还要再用，这里不显示；当时的答案已经存下，答复的人看得到'
    return { kind: 'answer', title: '监考卷里的一道题', answer, corrected, said }
  }
  const said = item && given ? sayAnswer(item, given) : '当时的答案已不能照原样显示'
  return { kind: 'answer', title: item?.stem ?? '一道题', answer, corrected, said }
}

async function isSecure(itemId: string): Promise<boolean> {
  const [row] = await read.select({ secure: bankItem.secure }).from(bankItem).where(eq(bankItem.id, itemId))
  return row?.secure ?? false
}

/** The item in the revision that was asked; null if it is not there any more. */
async function itemAsked({ item, itemRevision }: EventOf<'question-answered'>): Promise<Item | null> {
  const asked = and(eq(itemTable.id, item), eq(itemTable.revision, itemRevision))
  const [row] = await read.select({ body: itemTable.body }).from(itemTable).where(asked)
  return Item.safeParse(row?.body).data ?? null
}

/**
 * The key of an answered question, for the officer alone: an item whose key is known measures nobody any more. That a
 * secure one was shown is a line of the audit log, as in the bank.
 */
export async function keyBehind(
  answer: EventOf<'question-answered'>,
  officer: string,
): Promise<{ right: string; rationale: string; passage: string } | null> {
  const item = await itemAsked(answer)
  if (!item) return null
  if (await isSecure(item.id)) await write((tx) => noteAct(tx, officer, 'item-opened', item.id))
  return { right: sayAnswer(item, rightAnswer(item)), rationale: item.rationale, passage: item.passage }
}

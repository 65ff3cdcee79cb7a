// Settles an answer that was given at a screen: graded again with the item as the lesson on that screen had it.
import { and, eq, gte, lte, ne, sql } from 'drizzle-orm'
import { itemsOf } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { event as eventTable } from '#db/schema/record.ts'
import type { Settle } from '#kiosk/intake/settled.ts'
import { secondsBefore } from '#kiosk/visit/answer-pace.ts'
import { isSettled, visitNamed, type NamedVisit } from '#kiosk/visit/named-visit.server.ts'
import { isRevision, unknownRevision } from '#kiosk/visit/settle-studied.server.ts'
import { stayIn } from '#kiosk/visit/visit.server.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import { Answer, Item } from '#quiz/question.ts'
import { record } from '#record/record.server.ts'

export const settleAnswered: Settle<'answered'> = async (entry) => {
  const { id, at, kiosk, offline, body } = entry
  const { lesson, edition } = body
  const about = body.visit
  const refused = (reason: string) => ({ state: 'refused' as const, reason, about })
  const visit = (await visitNamed(about, kiosk))(at)
  if (isSettled(visit)) return visit
  if (!(await isRevision(lesson, edition, body.revision))) return refused(unknownRevision)
  const item = (await itemsOf(body.revision)).get(body.item)
  if (!item) return refused('这一课里没有这道题，没有记入。')
  const answer = Answer.safeParse(body.answer)
  if (!answer.success) return refused('答案不完整，没有记入。')
  const graded = grade(item, answer.data)
  if (graded.type !== 'graded') return refused('这道题没有答完，没有记入。')
  const earlier = await answeredSince(visit, id, at)
  if (secondsBefore(item, Date.parse(visit.beganAt), earlier, at) > 0)
    return refused('答得比读题还快，这一次没有记入，可以再答。')
  await record({
    kind: 'question-answered',
    id,
    person: visit.personId,
    at: new Date(at).toISOString(),
    lesson,
    edition,
    item: item.id,
    itemRevision: item.revision,
    mode: 'practice',
    answer: answer.data,
    earned: graded.earned,
    possible: graded.possible,
    indicator: item.indicator,
    difficulty: item.difficulty,
    guessing: guessing(item),
    screen: kiosk,
  })
  if (!offline) await write((tx) => stayIn(tx, visit, at))
  const studied = { person: visit.personId, lesson }
  return { state: 'settled', about, ...(graded.earned >= graded.possible ? { studied } : {}) }
}

/** Answers of a person from one instant to another, this one left out, with the items as they were answered. */
async function answeredSince({ personId, beganAt }: NamedVisit, id: string, at: number) {
  const rows = await read
    .select({ at: eventTable.at, body: itemTable.body })
    .from(eventTable)
    .innerJoin(
      itemTable,
      and(
        eq(itemTable.id, sql`${eventTable.payload} ->> 'item'`),
        eq(itemTable.revision, sql`${eventTable.payload} ->> 'itemRevision'`),
      ),
    )
    .where(
      and(
        eq(eventTable.personId, personId),
        eq(eventTable.kind, 'question-answered'),
        ne(eventTable.id, id),
        gte(eventTable.at, beganAt),
        lte(eventTable.at, new Date(at).toISOString()),
      ),
    )
    .orderBy(eventTable.at)
  return rows.map((row) => ({ at: Date.parse(row.at), item: Item.parse(row.body) }))
}

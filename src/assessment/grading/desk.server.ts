// What a grader has before him. Without names; the points of another are not in it before he has given his own.
import { storeWithdrawn } from '#assessment/attempt/graded.server.ts'
import { agree, totalOf } from '#assessment/grading/agree.ts'
import { storeIfAgreed } from '#assessment/grading/mark.server.ts'
import { waitingFor, waitingInVain, type WaitingAnswer } from '#assessment/grading/waiting.server.ts'
import { read } from '#db/database.server.ts'
import type { Session } from '#people/session.ts'
import type { Criterion } from '#quiz/kinds/short-answer/kind.ts'

/** An answer and by what it is graded. */
export type ToGrade = {
  attempt: string
  item: string
  stem: string
  text: string
  rubric: readonly Criterion[]
  model: string
  rationale: string
}

/** What one of two gave, to be seen once both have. */
export type ShownMark = {
  own: boolean
  points: Readonly<Record<string, number>>
  total: number
  remark: string
}

export type Disagreement = ToGrade & {
  marks: ShownMark[]
  tolerance: number
  /** One of the two. */ own: boolean
}

export type Desk = {
  toGrade: ToGrade[]
  /** How many wait beyond those. */
  more: number
  disagreements: Disagreement[]
  /** Graded by this one, and waiting for another. */
  given: number
}

const most = 5

/** The desk of a trainer. What was retired meanwhile is taken out of the results that wait for it. */
export async function gradingDesk(session: Session): Promise<Desk> {
  const me = session.person.id
  for (const { attempt: id, person: personId, item } of await waitingInVain(read))
    await storeWithdrawn({ id, personId }, item)
  const all = await stillWaiting(await waitingFor(read, session))
  const unseen = all.filter(({ marks }) => marks.length < 2 && marks.every(({ graderId }) => graderId !== me))
  const two = all.filter(({ marks }) => marks.length >= 2)
  return {
    toGrade: unseen.slice(0, most).map(asToGrade),
    more: Math.max(0, unseen.length - most),
    disagreements: two.map((one) => asDisagreement(one, me)),
    given: all.filter(({ marks }) => marks.length === 1 && marks[0]?.graderId === me).length,
  }
}

/** Without those whose graders agree already. */
async function stillWaiting(all: readonly WaitingAnswer[]): Promise<WaitingAnswer[]> {
  const kept: WaitingAnswer[] = []
  for (const one of all) {
    const agreed = agree(one.marks, one.item.rubric).type === 'agreed'
    if (!agreed || (await storeIfAgreed(one)) !== 'stored') kept.push(one)
  }
  return kept
}

function asToGrade({ attempt, item, text }: WaitingAnswer): ToGrade {
  const { id, stem, rubric, model, rationale } = item
  return { attempt, item: id, stem, text, rubric, model, rationale }
}

function asDisagreement(answer: WaitingAnswer, me: string): Disagreement {
  const { item, marks } = answer
  const agreed = agree(marks, item.rubric)
  return {
    ...asToGrade(answer),
    marks: marks.map(({ graderId, points, remark }) => ({
      ...{ own: graderId === me, points, total: totalOf(item.rubric, points), remark },
    })),
    tolerance: agreed.type === 'disagreed' ? agreed.tolerance : 0,
    own: marks.some(({ graderId }) => graderId === me),
  }
}

// A bank and tests taken in a real database, written as rows: what handing in leaves behind.
import { write } from '#db/database.server.ts'
import { assessment, attempt, attemptItem, bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { Item } from '#quiz/question.ts'

const at = '2026-11-01T02:00:00.000Z'

/** A choice of four with the key a. */
const single = (id: string, indicator: string, revision: number): Item =>
  Item.parse({
    ...{ id, revision, indicator, kind: 'single', difficulty: 'medium' },
    ...{ passage: '原句', stem: `题干${id}`, rationale: '为什么', key: 'a' },
    options: ['a', 'b', 'c', 'd'].map((option) => ({ id: option, text: `选项${option}` })),
  })

/** Enters an item of the bank, approved; a second time with a higher revision it is that item reworded. */
export async function enter(id: string, indicator: string, revision = 1): Promise<void> {
  const body = single(id, indicator, revision)
  await write(async (tx) => {
    await tx.insert(item).values({ id, revision, indicator, hash: `${id}@${revision}`, body, createdAt: at })
    await tx
      .insert(bankItem)
      .values({
        ...{ id, revision, kind: body.kind, indicator, difficulty: body.difficulty, secure: false },
        ...{ status: 'active', author: '内容编辑组', createdAt: at },
      })
      .onConflictDoUpdate({ target: bankItem.id, set: { revision } })
  })
}

/** Puts a test on offer; what it draws does not matter here. */
export async function offer(id: string, title: string): Promise<void> {
  const body = {
    ...{ id, title, summary: '试用', supervised: false, minutes: null, answers: 'none', form: 'fixed' },
    ...{ attempts: { most: 9, waitDays: 0 }, cells: [{ indicator: 'political-theory', count: 5 }] },
  }
  await write((tx) => tx.insert(assessment).values({ id, body, hash: id, createdAt: at }))
}

/** How one item of an attempt ended: the option chosen, or what else became of it. */
export type Ended = { item: string; revision?: number } & (
  { chose: string } | { blank: true } | { waiting: true } | { withdrawn: true }
)

type Taken = {
  id: string
  person: string
  handedAt: string
  ended: Ended[]
  test?: string
  open?: boolean
  form?: 'fixed' | 'adaptive'
}

/** Writes attempts, many in one job. */
export async function take(taken: readonly Taken[]): Promise<void> {
  await write(async (tx) => {
    for (const { id, person, handedAt, ended, test = 'asm-one', open = false, form = 'fixed' } of taken) {
      await tx.insert(attempt).values({
        ...{
          id,
          assessmentId: test,
          personId: person,
          number: Number(handedAt.slice(8, 10)),
          seed: id,
          blueprint: { form },
        },
        ...{ startedAt: at, handedAt: open ? null : handedAt, handedBy: open ? null : 'person' },
      })
      await tx.insert(attemptItem).values(
        ended.map((one, i) => ({
          ...{
            attemptId: id,
            personId: person,
            position: i + 1,
            itemId: one.item,
            itemRevision: one.revision ?? 1,
          },
          ...{ shownAt: at, withdrawn: 'withdrawn' in one },
          answer: 'chose' in one ? { kind: 'single', choice: one.chose } : null,
          earned: 'chose' in one ? Number(one.chose === 'a') : null,
          possible: 'chose' in one || 'waiting' in one ? 1 : null,
        })),
      )
    }
  })
}

// What trainers change in the bank: enter and approve, edit, retire, confirm a passage, settle a conflict with a file. An
// item is written by one person and approved by another; every change is a line of the audit log.
import { and, eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { dayOf } from '#day.ts'
import { write, type Database } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { noteAct } from '#people/audit.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Item } from '#quiz/question.ts'
import { addVersionIn, calibrationSubject, forgetVersions, versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'
import { forgetBank, sourcesNow } from '#assessment/bank/bank.server.ts'
import { driftOf, sectionWith } from '#assessment/bank/drift.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'

/** Who acts; the permission table has let him in. */
type By = Pick<Session, 'person'>

type Row = typeof bankItem.$inferSelect

/**
 * Enters new items as drafts: nobody is asked them before somebody else has approved them.
 * @throws Refusal `already-done` that names an id which is taken; then none is entered.
 */
export async function enterDrafts(by: By, items: readonly Item[], { secure }: { secure: boolean }) {
  const at = now().toISOString()
  await change(async (tx) => {
    for (const one of items) {
      const { id } = one
      const [taken] = await tx.select({ id: itemTable.id }).from(itemTable).where(eq(itemTable.id, id))
      if (taken) throw new Refusal('already-done', `题目代号 ${id} 已经有了。`, '换一个没用过的代号。')
      await addRevision(tx, one, at)
      await tx.insert(bankItem).values({
        ...{ ...present(one), id, secure, status: 'draft' },
        ...{ author: by.person.id, createdAt: at },
      })
      await noteAct(tx, by.person.id, 'item-entered', id, { secure })
    }
  })
}

/**
 * Puts a draft in use.
 * @throws Refusal `invalid` for one's own, and while its passage does not stand in its source.
 */
export async function approveItem(by: By, id: string): Promise<void> {
  const sources = await sourcesNow()
  await changeItem(by, id, 'item-approved', async (_tx, row, body) => {
    if (row.status !== 'draft') throw new Refusal('already-done', '这道题已经处理过了。', '请刷新页面再看。')
    if (row.author === by.person.id)
      throw new Refusal('invalid', '自己写的题要请另一位来审。', '请另一位教员打开这一页核准。')
    const drift = driftOf(body, sources)
    if (drift !== null) throw new Refusal('invalid', drift, '先在“确认原文”里写上出处和原文。')
    return { status: 'active', ...checkedBy(by) }
  })
}

/**
 * Takes an item out of use for good; whoever answered it keeps what it was worth.
 * @throws Refusal `closed` while it is in a test that he is taking himself: then his answer would not count.
 */
export async function retireItem(by: By, id: string, reason: string): Promise<void> {
  await changeItem(by, id, 'item-retired', async (tx, row) => {
    if (row.status === 'retired') throw new Refusal('already-done', '这道题已经停用。')
    if ((await itemsBeingTested(tx, by.person.id)).has(id))
      throw new Refusal('closed', '这道题在你正在做的测评里。', '交卷以后再停用，或请另一位教员来办。')
    return { status: 'retired', retiredReason: reason }
  })
}

/**
 * Stores a new revision of an item. It is a draft again until somebody else approves it.
 * @throws Refusal `already-done` if it is not the one after the present revision.
 */
export async function editItem(by: By, edited: Item): Promise<void> {
  const body = Item.parse(edited)
  await changeItem(by, body.id, 'item-edited', async (tx, row) => {
    if (row.status === 'retired') throw new Refusal('closed', '这道题已经停用，不能再改。')
    if (body.revision !== row.revision + 1)
      throw new Refusal('already-done', '这道题刚刚被别人改过。', '请刷新页面，在新的版本上再改。')
    await addRevision(tx, body, now().toISOString())
    return {
      ...present(body),
      ...{ status: 'draft', author: by.person.id, checkedBy: null, checkedOn: null },
    }
  })
}

/** The words in a document that justify an item's key. */
export type Grounds = { source: string; passage: string }

/**
 * Points an item to words that stand in its source today, in a new revision. Question and key stay as they are.
 * @throws WrongField if they do not stand there letter by letter, or the document is not on show.
 */
export async function confirmPassage(by: By, id: string, { source, passage }: Grounds): Promise<void> {
  const sources = await sourcesNow()
  const text = sources.get(source)
  if (!text?.open)
    throw new WrongField(
      'source',
      'invalid',
      '馆里没有展出这份资料。',
      '写课文、故事、案例或清单的代号，例如 lsn-sizhi。',
    )
  if (sectionWith(text, passage) === null)
    throw new WrongField(
      'passage',
      'invalid',
      `这句话在《${text.title}》里找不到。`,
      '从那一页逐字复制一句，标点也要一样。',
    )
  const inForce = await versionsInForce()
  await changeItem(by, id, 'item-passage-confirmed', async (tx, row, body) => {
    if (row.status === 'retired') throw new Refusal('closed', '这道题已经停用，不能再改。')
    if (body.source === source && body.passage === passage)
      throw new Refusal('already-done', '出处和原文都没有变，不用确认。')
    const next = Item.parse({ ...body, source, passage, revision: row.revision + 1 })
    const at = now().toISOString()
    await addRevision(tx, next, at)
    // The question is the same, and measures what it measured.
    const known = inForce.calibration(id, row.revision, at)
    if (known) {
      const subject = calibrationSubject(id, next.revision)
      await addVersionIn(tx, 'calibration', subject, at, known.version, known)
    }
    return { ...present(next), ...(row.status === 'active' ? checkedBy(by) : {}) }
  })
  forgetVersions()
}

/**
 * Decides for an item that was changed in its file and here. `site`: what is here stays, the file is left until it
 * changes again. `file`: what is here gives way to the file at the next import, if its revision is a new one.
 */
export async function settleConflict(by: By, id: string, keep: 'site' | 'file'): Promise<void> {
  await changeItem(by, id, 'item-conflict-settled', async (_tx, row, body) => {
    if (row.conflictHash === null) throw new Refusal('already-done', '这道题没有冲突要处理。')
    const importedHash = keep === 'site' ? row.conflictHash : hashOf(body)
    return { conflictHash: null, importedHash }
  })
}

const checkedBy = ({ person }: By) => ({ checkedBy: person.id, checkedOn: dayOf(now().toISOString()) })

const present = ({ revision, kind, indicator, difficulty }: Item) => ({
  ...{ revision, kind, indicator, difficulty },
})

async function addRevision(tx: Database, body: Item, at: string) {
  const { id, revision, indicator } = body
  const row = { id, revision, hash: hashOf(body), lessonId: null, indicator, body, createdAt: at }
  await tx.insert(itemTable).values(row)
}

/** Changes one item in a transaction of its own, with its line in the audit log. */
async function changeItem(
  by: By,
  id: string,
  act: string,
  decide: (tx: Database, row: Row, body: Item) => Promise<Partial<Row>>,
) {
  await change(async (tx) => {
    const [found] = await tx
      .select({ row: bankItem, body: itemTable.body })
      .from(bankItem)
      .innerJoin(itemTable, and(eq(itemTable.id, bankItem.id), eq(itemTable.revision, bankItem.revision)))
      .where(eq(bankItem.id, id))
    if (!found) throw new Refusal('not-found', '题库里没有这道题。')
    const values = await decide(tx, found.row, Item.parse(found.body))
    await tx.update(bankItem).set(values).where(eq(bankItem.id, id))
    await noteAct(tx, by.person.id, act, id, values.revision ? { revision: values.revision } : {})
  })
}

async function change(job: (tx: Database) => Promise<void>) {
  await write(job)
  forgetBank()
}

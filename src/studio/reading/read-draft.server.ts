// The steps of the three readings: the author hands in, reviewer and publisher pass or return, anybody who may see the
// draft remarks on a passage. Each is a line of the audit log.
import { and, asc, eq, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { reading, remark } from '#db/schema/studio.ts'
import { noteAct } from '#people/audit.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { rolesOver, type Draft } from '#studio/draft/draft.ts'
import { withMeta } from '#studio/draft/frontmatter.ts'
import { judge, judgeStored } from '#studio/draft/judge-draft.server.ts'
import { draftFor, draftToWrite, requireOpenDraft } from '#studio/draft/load.server.ts'
import { storeIn } from '#studio/draft/save.server.ts'
import {
  readingNames,
  requireReader,
  waitingFor,
  type Draft as ReadDraft,
  type Reading,
} from '#studio/reading/reading.ts'
import { readingsAsked } from '#studio/rules.server.ts'

/** The draft as the rule of readings sees it. */
export async function asRead(draft: Draft): Promise<ReadDraft> {
  const { hash, newEdition, writers, readings, kind } = draft
  const asked = (await readingsAsked())[kind]
  return { hash, asked, newEdition, writers: writers.map(({ id }) => id), signatures: readings }
}

/**
 * The author's word that it is done. Dates and edition are written into it first, so that everybody after him signs the
 * very text that readers will see; files that it does not name are left behind.
 * @throws Refusal while the door refuses it.
 */
export async function handIn(by: Session, id: string, newEdition: boolean): Promise<void> {
  const found = await draftToWrite(by, id)
  // Nothing is written into a text that the door has not let pass.
  requireSound((await judgeStored(found)).problems)
  await requireNewest(found)
  const on = dayOf(now().toISOString())
  const fields = { checkedOn: on, ...(found.kind === 'lesson' && (await editionFor(found, newEdition))) }
  const source = withMeta(found.source, fields)
  const judged = await judge({ ...found, content: { type: 'source', source } })
  requireSound(judged.problems)
  if (String(judged.meta['reviewBy']) <= on)
    throw new Refusal('invalid', '复查日期已经过了。', '请在“说明”里把复查日期改到今天以后。')
  const asked = await readingsAsked()
  await write(async (tx) => {
    const current = await draftToWrite(by, id, tx)
    if (current.version !== found.version)
      throw new Refusal('already-done', '稿子刚刚又改过。', '请刷新页面，看过再提交。')
    const used = Object.entries(current.files).filter(([name]) => judged.media.includes(name))
    const change = { source: judged.source, files: Object.fromEntries(used), newEdition }
    const ready = await storeIn(tx, by, current, change)
    const rule = { ...ready, asked: asked[ready.kind], signatures: ready.readings }
    const writers = [...new Set([...ready.writers.map((each) => each.id), by.person.id])]
    // What was signed already is here again, once a file that came afterwards is left behind.
    const isSigned = ready.hash !== current.hash && !waitsForAuthor({ ...rule, writers })
    if (isSigned) return
    requireReader({ ...rule, writers }, 'author', by.person.id, new Set())
    await sign(tx, by, ready, { reading: 'author', verdict: 'passed', text: null })
  })
}

function waitsForAuthor(draft: ReadDraft): boolean {
  const waiting = waitingFor(draft)
  return waiting.type === 'mending' || (waiting.type === 'reading' && waiting.reading === 'author')
}

/** Nobody reads what could not be published. @throws Refusal if something was published since it was begun. */
async function requireNewest({ documentId, baseRevisionId }: Draft) {
  const [there] = await read
    .select({ shown: document.publishedRevisionId })
    .from(document)
    .where(eq(document.id, documentId))
  if (!there || there.shown === baseRevisionId) return
  throw new Refusal(
    'already-done',
    '这份内容在写稿期间有了新的修订。',
    '请打开写稿页，把新的修订并进来，再提交。',
  )
}

/** The edition of what is published, or the one after it. */
async function editionFor({ baseRevisionId }: Draft, newEdition: boolean): Promise<{ edition: number }> {
  if (baseRevisionId === null) return { edition: 1 }
  const [base] = await read
    .select({ edition: revision.edition })
    .from(revision)
    .where(eq(revision.id, baseRevisionId))
  return { edition: (base?.edition ?? 0) + (newEdition || !base ? 1 : 0) }
}

type Word = { reading: Reading; verdict: 'passed' | 'returned'; text: string | null }

/** Passes or returns what was on the page. @throws Refusal if it is not one's turn, or the text has changed. */
export async function giveReading(by: Session, id: string, word: Word & { hash: string }): Promise<void> {
  const seen = await draftFor(by, id)
  if (word.verdict === 'passed') requireSound((await judgeStored(seen)).problems)
  const asked = await readingsAsked()
  await write(async (tx) => {
    const current = await draftFor(by, id, tx)
    requireOpenDraft(current)
    if (current.hash !== word.hash || seen.hash !== word.hash)
      throw new Refusal('already-done', '稿子在您看的时候改过了。', '请刷新页面，看过新的一稿再定。')
    const rule = { ...current, asked: asked[current.kind], signatures: current.readings }
    const writers = current.writers.map((each) => each.id)
    requireReader({ ...rule, writers }, word.reading, by.person.id, rolesOver(by, current.unitPath))
    await sign(tx, by, current, word)
  })
}

async function sign(tx: Database, by: Session, { id, hash }: Draft, { reading: which, verdict, text }: Word) {
  const row = { id: v7(), draftId: id, reading: which, personId: by.person.id, hash, verdict, text }
  await tx.insert(reading).values({ ...row, at: now().toISOString() })
  await noteAct(tx, by.person.id, `reading-${verdict}`, id, { reading: which, hash })
}

function requireSound(problems: readonly { message: string }[]) {
  if (problems.length === 0) return
  throw new Refusal(
    'invalid',
    `还有${problems.length}处要改：${problems[0]?.message ?? ''}`,
    '请在写稿页照提示改好，再提交。',
  )
}

/** A remark on a passage. @throws WrongField if the words do not stand in the draft. */
export async function remarkOn(by: Session, id: string, passage: string, text: string): Promise<void> {
  await write(async (tx) => {
    const current = await draftFor(by, id, tx)
    requireOpenDraft(current)
    const letters = (words: string) => words.replace(/[\s*_\\]+/g, '')
    if (!letters(current.source).includes(letters(passage)))
      throw new WrongField(
        'passage',
        'invalid',
        '稿子里没有这句话。',
        '请从稿子里逐字复制，或留空，对整篇说。',
      )
    const row = { id: v7(), draftId: id, personId: by.person.id, passage, text, at: now().toISOString() }
    await tx.insert(remark).values(row)
    await noteAct(tx, by.person.id, 'draft-remarked', id)
  })
}

/** Says that a remark has been dealt with: a writer, or who made it. @throws Refusal */
export async function settleRemark(by: Session, id: string, remarkId: string): Promise<void> {
  await write(async (tx) => {
    const current = await draftFor(by, id, tx)
    const [found] = await tx
      .select()
      .from(remark)
      .where(and(eq(remark.id, remarkId), eq(remark.draftId, id)))
    if (!found) throw new Refusal('not-found', '没有找到这条意见。')
    const isWriter = current.writers.some((each) => each.id === by.person.id)
    if (!isWriter && found.personId !== by.person.id)
      throw new Refusal('not-yours', '意见由写稿的人或提意见的人来了结。')
    await tx
      .update(remark)
      .set({ settledAt: now().toISOString(), settledBy: by.person.id })
      .where(and(eq(remark.id, remarkId), isNull(remark.settledAt)))
    await noteAct(tx, by.person.id, 'draft-remark-settled', id)
  })
}

/** The remarks on a draft, oldest first. */
export async function remarksOn(draftId: string) {
  return read
    .select({
      ...{ id: remark.id, passage: remark.passage, text: remark.text, at: remark.at },
      ...{ personId: remark.personId, name: person.name, settledAt: remark.settledAt },
    })
    .from(remark)
    .innerJoin(person, eq(person.id, remark.personId))
    .where(eq(remark.draftId, draftId))
    .orderBy(asc(remark.at), asc(remark.id))
}

/** What the writer is to look at: why it was returned, if it was, and the remarks that nobody has settled. */
export async function remarksForWriter(draft: Draft) {
  const waiting = waitingFor(await asRead(draft))
  const returned = waiting.type === 'mending' ? draft.readings.at(-1) : undefined
  const open = (await remarksOn(draft.id)).filter(({ settledAt }) => settledAt === null)
  return [
    ...(returned?.text
      ? [
          {
            ...{ id: returned.id, passage: '', name: returned.name },
            text: `${readingNames[returned.reading]}退回：${returned.text}`,
          },
        ]
      : []),
    ...open.map(({ id, passage, text, name }) => ({ id, passage, text, name })),
  ]
}

// Judges the files of the bank: every item in the folder of its indicator, its passage in its source, its id its own.
import { checkEach } from '#course/check-items.ts'
import { hashOf } from '#course/content-hash.ts'
import type { Known } from '#course/known.ts'
import { inReadingOrder, type Place, type Problem } from '#course/problem.ts'
import { reconcile, type Decision } from '#course/reconcile.ts'
import { grade } from '#quiz/grade.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { readBankFile, readProcedures, type BankFile } from '#assessment/bank/bank-file.ts'
import { driftOf } from '#assessment/bank/drift.ts'
import type { FoundBank, FoundBankFile } from '#assessment/bank/find-bank.server.ts'
import type { SourceText } from '#assessment/bank/source-texts.server.ts'

/** An item as its file has it, and what to do with it. */
export type BankCandidate = Omit<BankFile, 'items'> & {
  file: string
  item: Item
  hash: string
  decision: Decision
}

/** Hashes of an item that the bank holds: its present revision, and what was imported last. */
export type BankState = { current: string; imported: string | null }

/** What the files are judged against. */
export type BankContext = {
  known: Known
  /** The documents that passages may be from. */
  sources: ReadonlyMap<string, Pick<SourceText, 'title' | 'open' | 'sections'>>
  /** Ids of items that stand elsewhere in content/, with their file. */
  taken: ReadonlyMap<string, string>
  /** Items of the bank by id. */
  states: ReadonlyMap<string, BankState>
}

export type CheckedBank = {
  candidates: BankCandidate[]
  problems: Problem[]
  /** Ids of all items that stand in files, refused ones too. */
  ids: ReadonlySet<string>
}

/** Judges everything. An item that is refused does not hold up its neighbours; a file that cannot be read does. */
export function checkBank({ procedures: rules, files }: FoundBank, context: BankContext): CheckedBank {
  const { procedures, problems } = readProcedures(rules)
  const taken = new Map(context.taken)
  const candidates: BankCandidate[] = []
  const ids = new Set<string>()
  for (const found of files) {
    const read = readBankFile(found, procedures)
    if (read.type === 'refused') {
      problems.push(...read.problems)
      continue
    }
    const { items, ...about } = read.value
    for (const [index, item] of items.entries()) {
      ids.add(item.id)
      const { file } = found
      const at = (field: string) => ({ file, ...read.place(['items', index, field]) })
      const judged = { hash: hashOf(item), ...checkItem(item, found, at, { ...context, taken }) }
      problems.push(...judged.problems)
      if (judged.problems.length === 0)
        candidates.push({ ...about, file, item, hash: judged.hash, decision: judged.decision })
      if (!taken.has(item.id)) taken.set(item.id, file)
    }
  }
  return { candidates, problems: inReadingOrder(problems), ids }
}

function checkItem(
  item: Item,
  { indicator }: FoundBankFile,
  at: (field: string) => Place & { file: string },
  { known, sources, taken, states }: BankContext,
): { decision: Decision; problems: Problem[] } {
  const state = states.get(item.id)
  const decision = reconcile({
    file: hashOf(item),
    imported: state?.imported ?? null,
    current: state?.current ?? null,
  })
  const other = taken.get(item.id)
  const problems = other === undefined ? [] : [takenBy(item.id, other, at('id'))]
  // What is in the bank already may have drifted: that is shown there, and is no fault of the file.
  if (decision !== 'new' && decision !== 'publish') return { decision, problems }
  problems.push(
    ...checkEach([item], { texts: null, home: null, known }, (_, field) => at(field)),
    ...checkPlace(item, indicator, at),
    ...checkSource(item, sources, at),
  )
  return { decision, problems }
}

type At = (field: string) => Place & { file: string }

function takenBy(id: string, file: string, at: Place & { file: string }): Problem {
  return { ...at, message: `题目代号 ${id} 已经用在 ${file}。`, mend: '换一个没用过的代号。' }
}

function checkPlace(item: Item, indicator: string, at: At): Problem[] {
  if (grade(item, rightAnswer(item)).type === 'waiting') {
    const message = `题目 ${item.id} 要由人评分，练习时没有人评。`
    return [{ ...at('kind'), message, mend: '换一种题型，或放进保密题库。' }]
  }
  if (item.indicator === indicator) return []
  const message = `题目 ${item.id} 的 indicator 是 ${item.indicator}，和文件夹 ${indicator} 不一样。`
  return [{ ...at('indicator'), message, mend: '改 indicator，或把它放进那项指标的文件夹。' }]
}

function checkSource(item: Item, sources: BankContext['sources'], at: At): Problem[] {
  const drift = driftOf(item, sources)
  if (drift === null) return []
  const field = item.source !== undefined && sources.get(item.source)?.open ? 'passage' : 'source'
  const mend =
    field === 'passage'
      ? '从那份资料里逐字复制一句，标点也要一样。'
      : 'source 写馆里一份课文、故事、案例或清单的代号。'
  return [{ ...at(field), message: `题目 ${item.id}：${drift}`, mend }]
}

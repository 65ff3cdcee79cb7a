// A file of the item bank (content/items/<indicator>/<name>.yaml), and the procedures that its items walk through.
// These schemas are the manual.
import { z } from 'astro/zod'
import { readYaml } from '#course/read-yaml.ts'
import type { Place, Problem } from '#course/problem.ts'
import { Procedure } from '#quiz/kinds/procedure/rules.ts'
import { Item } from '#quiz/question.ts'

/** A file as it was found. */
export type FoundFile = {
  /** Path below content/, with `/`. */
  file: string
  source: string
}

const name = z.string().trim().min(1, '这里不能空着').max(40, '请控制在40字以内')

/** What is said of all items of a file. */
const about = {
  /** Who wrote them. */
  author: name,
  /** Who checked keys and passages. */
  checkedBy: name,
  /** When, YYYY-MM-DD. */
  checkedOn: z.iso.date('日期写成 2026-11-27 这样'),
}

/** What a bank file holds, each item with the rules of its procedure put in. */
export type BankFile = { author: string; checkedBy: string; checkedOn: string; items: Item[] }

/** The schema of a file; `procedures` are those of content/procedures/, by id. */
const fileWith = (procedures: ReadonlyMap<string, Procedure>) =>
  z.strictObject({
    ...about,
    items: z
      .array(z.preprocess(rulesFrom(procedures), Item))
      .min(1)
      .max(100),
  })

/** Puts the rules of its procedure into an item as it is written; other items stay as they are. */
const rulesFrom =
  (procedures: ReadonlyMap<string, Procedure>) => (written: unknown, context: z.core.$RefinementCtx) => {
    if (typeof written !== 'object' || written === null || !('procedure' in written)) return written
    const refuse = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message, input: written })
      return z.NEVER
    }
    if ('rules' in written) return refuse('rules', 'rules 不用写，按 procedure 从 content/procedures/ 里取')
    const rules = procedures.get(String(written.procedure))
    if (!rules) return refuse('procedure', 'procedure 写 content/procedures/ 里的程序代号')
    return { ...written, rules }
  }

/** Reads one file. */
export function readBankFile(
  { file, source }: FoundFile,
  procedures: ReadonlyMap<string, Procedure>,
):
  | { type: 'read'; value: BankFile; place: (path: readonly PropertyKey[]) => Place }
  | { type: 'refused'; problems: Problem[] } {
  return readYaml<BankFile>(source, fileWith(procedures), file)
}

/** Reads the procedures; one that is wrong, or has the id of another, is left out and told. */
export function readProcedures(files: readonly FoundFile[]): {
  procedures: Map<string, Procedure>
  problems: Problem[]
} {
  const procedures = new Map<string, Procedure>()
  const problems: Problem[] = []
  for (const { file, source } of files) {
    const read = readYaml<Procedure>(source, Procedure, file)
    if (read.type === 'refused') problems.push(...read.problems)
    else if (procedures.has(read.value.id)) {
      const message = `程序代号 ${read.value.id} 用了两次。`
      problems.push({ file, ...read.place(['id']), message, mend: '换一个没用过的代号。' })
    } else procedures.set(read.value.id, read.value)
  }
  return { procedures, problems }
}

/** An item as its author writes it in a file: without the rules that were put in. */
export function asWritten(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([field]) => field !== 'rules'))
}

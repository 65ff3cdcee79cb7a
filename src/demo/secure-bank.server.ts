// The secure items of the demo. A real county writes its own on the site; these lie in files only because everybody may
// know what the demo asks.
import { join } from 'node:path'
import { inArray } from 'drizzle-orm'
import { readProcedures, readBankFile } from '#assessment/bank/bank-file.ts'
import { forgetBank } from '#assessment/bank/bank.server.ts'
import { filesIn } from '#assessment/bank/find-bank.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { describeProblem } from '#course/problem.ts'
import { write } from '#db/database.server.ts'
import { assessment, bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { writtenPaper } from '#demo/written.ts'

const content = join(import.meta.dirname, '..', '..', 'content')

/** Enters the items of src/demo/secure/ as approved. @throws Error that lists what is wrong with the files. */
export async function enterSecureBank(at: string): Promise<void> {
  const { procedures } = readProcedures(await filesIn(content, 'procedures'))
  const files = await filesIn(import.meta.dirname, 'secure')
  const read = files.map((file) => readBankFile(file, procedures))
  const problems = read.flatMap((one) => (one.type === 'refused' ? one.problems : []))
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  const entries = read.flatMap((one) => {
    if (one.type === 'refused') return []
    const { items, ...about } = one.value
    return items.map((body) => ({ body, about }))
  })
  await write(async (tx) => {
    for (const { body, about } of entries) {
      const { id, revision, kind, indicator, difficulty } = body
      const of = { id, revision, indicator, createdAt: at }
      await tx.insert(item).values({ ...of, hash: hashOf(body), lessonId: null, body })
      const stands = { secure: true, status: 'active' as const }
      await tx.insert(bankItem).values({ ...of, ...about, ...stands, kind, difficulty })
    }
  })
  forgetBank()
}

/** Offers the paper of short answers. It has no file, so that no import of files looks for it. */
export async function enterWrittenPaper(at: string): Promise<void> {
  const { id } = writtenPaper
  const row = { id, body: writtenPaper, hash: hashOf(writtenPaper), createdAt: at }
  await write((tx) => tx.insert(assessment).values(row))
}

/** The open bank was there before the year began, or items would have been asked before they were written. */
export async function dateBankBack(at: string): Promise<void> {
  await write(async (tx) => {
    await tx.update(bankItem).set({ createdAt: at })
    const ofBank = tx.select({ id: bankItem.id }).from(bankItem)
    await tx.update(item).set({ createdAt: at }).where(inArray(item.id, ofBank))
  })
}

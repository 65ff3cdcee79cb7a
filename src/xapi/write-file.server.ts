// `npm run statements`: the whole record, or some days of it, as a file of xAPI statements: a JSON array with one statement
// on a line. An array, because that is what an LRS takes (POST …/statements) and every tool reads; a line each, so that it
// can be cut, counted and compared. A file that was not finished lacks its end and keeps another name.
import { existsSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { z } from 'astro/zod'
import { dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import type { Commands, Progress } from '#db/lock.server.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { Refusal } from '#refusal.ts'
import { allStatements, newestSeq, stored, type Told } from '#xapi/read-statements.server.ts'

const Arguments = z.object({
  /** The file, as an absolute path. */
  out: z.string(),
  /** First and last day of what is told, by the time at which it counts; all of it where they are missing. */
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
})
type Days = Pick<z.infer<typeof Arguments>, 'from' | 'to'>

type Counts = { statements: number; erased: number }

/** The command, for the running process and for a process of its own. */
export const statementsCommands: Commands = {
  statements: async (args, _say, progress) => {
    const { out, ...days } = Arguments.parse(args)
    if (existsSync(out))
      throw new Refusal('already-done', `已经有文件 ${out}，没有改动。`, '换一个文件名，或先移走它。')
    const { statements, erased } = await writeWhole(out, days, progress)
    const detail = { statements, ...days }
    await write((tx) => noteAct(tx, theProcess, 'statements-written', 'record', detail))
    const gone = erased > 0 ? `另有${erased}条的内容已经按要求删除，没有写。` : ''
    return `已写到 ${out}：${statements}条xAPI记录，一行一条。${gone}里面是每个人的学习记录，请妥善保管，用完删除。`
  },
}

async function writeWhole(out: string, days: Days, progress: Progress): Promise<Counts> {
  const part = `${out}.part`
  const file = await open(part, 'w', 0o600)
  try {
    // A file that was left over keeps its mode.
    await file.chmod(0o600)
    const counts = await fill(file, days, progress)
    await file.sync()
    await file.close()
    await rename(part, out)
    return counts
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}

async function fill(file: FileHandle, days: Days, progress: Progress): Promise<Counts> {
  const last = await newestSeq()
  const counts = { statements: 0, erased: 0 }
  await file.write('[')
  for await (const page of allStatements()) {
    const lines = page.filter(({ statement }) => statement !== null).flatMap((told) => lineOf(told, days))
    const begin = counts.statements === 0 ? '\n' : ',\n'
    if (lines.length > 0) await file.write(begin + lines.join(',\n'))
    counts.statements += lines.length
    counts.erased += page.filter(({ statement }) => statement === null).length
    progress(page.at(-1)?.seq ?? last, last, '写学习记录')
  }
  await file.write('\n]\n')
  return counts
}

/** The line of a statement, if its day is asked for. */
function lineOf({ statement, receivedAt }: Told, { from, to }: Days): string[] {
  if (!statement) return []
  const on = dayOf(statement.timestamp)
  if ((from !== null && on < from) || (to !== null && on > to)) return []
  return [JSON.stringify(stored(statement, receivedAt))]
}

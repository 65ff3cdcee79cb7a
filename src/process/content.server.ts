// `npm run content:export` and `content:import` in the running process: the library as files and back, said in Chinese.
import { resolve } from 'node:path'
import { z } from 'astro/zod'
import { exportLibrary, type ExportReport } from '#course/export-library.server.ts'
import { importLibrary, type ImportReport } from '#course/import.server.ts'
import { renewIndex } from '#course/indexed.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { inFolder, openLibraryFolder } from '#course/library-folder.server.ts'
import { notedText, readNoted, writeNoted } from '#course/noted.server.ts'
import { describeProblem } from '#course/problem.ts'
import { FoundWrong, type Commands, type Told } from '#db/lock.server.ts'
import { settings } from '#env.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { knownNames } from '#record/capability/model.server.ts'
import { Refusal } from '#refusal.ts'

/** The folder to write to as an absolute path, and whether what was changed there is written over. */
const ExportArguments = z.object({ to: z.string(), overwrite: z.boolean() })
/** The folder to read as an absolute path; null for the installation's content/. */
const ImportArguments = z.object({ from: z.string().nullable() })

let isRunning = false

async function alone<T>(work: () => Promise<T>): Promise<T> {
  if (isRunning) throw new Refusal('busy', '另一次导入或导出还没有完成。', '等它做完再运行一次。')
  isRunning = true
  return work().finally(() => (isRunning = false))
}

/** The commands, for the running process and for a process of its own. */
export const contentCommands: Commands = {
  'content-export': (args, say) =>
    alone(async () => {
      const { to, overwrite } = ExportArguments.parse(args)
      return sayExport(await exportLibrary({ dir: to, dataDir: settings.dataDir, overwrite }), to, say)
    }),
  'content-import': (args, say) =>
    alone(async () => {
      const { from } = ImportArguments.parse(args)
      const isOwn = from === null || resolve(from) === contentDir
      try {
        return sayImport(await (isOwn ? bringIn(contentDir) : bringInApart(from, say)), say)
      } catch (error) {
        throw inFolder(from ?? contentDir, error)
      }
    }),
}

/** Imports, and lets readers see it at once. */
async function bringIn(folder: string, apart?: Parameters<typeof importLibrary>[0]['apart']) {
  const { dimensions } = knownNames()
  const indicators = new Set(dimensions.flatMap((one) => one.indicators.map(({ id }) => id)))
  const { dataDir } = settings
  try {
    return await importLibrary({ contentDir: folder, dataDir, indicators, ...(apart && { apart }) })
  } finally {
    // Whatever was published before it broke off is on show.
    await renewIndex()
    libraryChanged()
  }
}

async function bringInApart(dir: string, say: Told['say']): Promise<ImportReport> {
  const root = await openLibraryFolder(dir, false)
  const noted = await readNoted(root)
  const before = notedText(noted)
  const report = await bringIn(root, noted)
  if (Object.values(report).every((found) => found.length === 0)) {
    const hint = '里面应当有 courses、stories、cases 或 lists，和 content/ 一样。请核对是不是这个文件夹。'
    throw new Refusal('not-found', `${dir} 里没有可导入的内容。`, hint)
  }
  await writeNoted(root, before, noted).catch((error: unknown) => {
    const why = inFolder(root, error)
    if (!(why instanceof Refusal)) throw why
    say(`已经导入，但没能在文件夹里记下：${why.message}${why.hint}然后再导入一次，不然以后的改动会当作冲突。`)
  })
  return report
}

function sayAll(say: Told['say'], title: string, lines: readonly string[]) {
  if (lines.length === 0) return
  say(title)
  for (const line of lines) say(`  ${line}`)
}

function sayExport(report: ExportReport, to: string, say: Told['say']): string {
  const { documents, written, same, removed, conflicts, refused, withdrawn } = report
  sayAll(say, '写了这些文件：', written)
  sayAll(say, '站上已经不用、文件夹里也没有人改过，删去了：', removed)
  sayAll(say, '已经撤展，文件照样写了；导入到别的站会展出：', withdrawn)
  sayAll(say, '有冲突：文件夹里有人改过，没有动它和同一份的其他文件：', conflicts)
  sayAll(
    say,
    '没有写：',
    refused.map(({ name, why }) => `${name}：${why}。`),
  )
  const done = `${to}：站上${documents}份，写了${written.length}个文件，${same}个本来就相同，删去${removed.length}个。`
  if (conflicts.length + refused.length === 0) return `完成。${done}`
  const next =
    conflicts.length > 0
      ? '要用站上的盖过文件夹里的，加 --overwrite；要用文件夹里的，运行 content:import。'
      : ''
  throw new FoundWrong(`${done}\n有冲突的文件${conflicts.length}个，没有写的${refused.length}份。${next}`)
}

function sayImport(report: ImportReport, say: Told['say']): string {
  const { published, unchanged, kept, conflicts, missing, problems } = report
  sayAll(say, '展出了：', published)
  sayAll(say, '文件没有改、站上改过，仍用站上的：', kept)
  sayAll(say, '文件没有了，站上仍在展出（要撤下请用撤展）：', missing)
  sayAll(say, '有冲突：文件和站上都改过，仍用站上的：', conflicts)
  sayAll(say, '要改：', problems.map(describeProblem))
  const done = `展出${published.length}份，没有变的${unchanged.length}份，仍用站上的${kept.length}份，文件没有了的${missing.length}份。`
  if (conflicts.length + problems.length === 0) return `完成：${done}`
  const next =
    conflicts.length > 0
      ? '把文件改成站上的样子，或在站上改成文件的样子，就不再冲突；站上的样子可以用 content:export 导出来比。'
      : ''
  throw new FoundWrong(`${done}\n有冲突的${conflicts.length}份，要改的${problems.length}处。${next}`)
}

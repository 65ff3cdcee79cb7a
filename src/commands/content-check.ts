// `npm run content:check`: judges everything in content/ as the import would, without a database, and says what is
// wrong and how to mend it; then what its writers may want to look at again, which keeps nothing out.
import { join } from 'node:path'
import { checkContent } from '#assessment/check-content.server.ts'
import { describeProblem } from '#course/problem.ts'
import { checkPlaylists } from '#kiosk/pack/playlists.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { advise } from '#studio/check/advise.ts'
import { readLists } from '#studio/check/lists.server.ts'

const contentDir = join(import.meta.dirname, '..', '..', 'content')

const { library, bank, blueprints, ...found } = await checkContent(contentDir, readRules(contentDir).model)
const read = await readLists(contentDir)
const halls = checkPlaylists(contentDir, new Set(library.candidates.map(({ id }) => id)))
const problems = [...found.problems, ...read.problems, ...halls.problems]
for (const problem of problems) console.error(describeProblem(problem))
// The county's own lists stand in its database, which this command does without.
const lists = { ...read.lists, withdrawn: [], sensitive: [] }
for (const { file, source } of library.candidates.filter(({ file }) => file.endsWith('.mdx')))
  for (const advice of advise(source, file, lists))
    console.log(`建议：${describeProblem({ file, ...advice })}`)
const good = `${library.candidates.length}份文件、${bank.candidates.length}道题、${blueprints.candidates.length}份测评、${halls.playlists.length}份播放单`
console.log(problems.length === 0 ? `${good}都可以用。` : `${good}可以用，另有${problems.length}处要改。`)
process.exitCode = problems.length > 0 ? 1 : 0

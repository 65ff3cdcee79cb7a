// `npm run content:check`: judges everything in content/ as the import would, without a database, and says what is
// wrong and how to mend it.
import { join } from 'node:path'
import { checkContent } from '#assessment/check-content.server.ts'
import { describeProblem } from '#course/problem.ts'
import { readRules } from '#process/rules-at-start.server.ts'

const contentDir = join(import.meta.dirname, '..', '..', 'content')

const { library, bank, blueprints, problems } = await checkContent(contentDir, readRules(contentDir).model)
for (const problem of problems) console.error(describeProblem(problem))
const good = `${library.candidates.length}份文件、${bank.candidates.length}道题、${blueprints.candidates.length}份测评`
console.log(problems.length === 0 ? `${good}都可以用。` : `${good}可以用，另有${problems.length}处要改。`)
process.exitCode = problems.length > 0 ? 1 : 0

// `npm run content:check`: judges everything in content/ as the import would, without a database, and says what is
// wrong and how to mend it.
import { join } from 'node:path'
import { checkLibrary } from '#course/check-library.server.ts'
import { nothingKnown } from '#course/known.ts'
import { describeProblem } from '#course/problem.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'

const contentDir = join(import.meta.dirname, '..', '..', 'content')

const indicators = new Set(indicatorsOf(readRules(contentDir).model).map(({ id }) => id))
const { candidates, problems } = await checkLibrary(contentDir, { ...nothingKnown, indicators })
for (const problem of problems) console.error(describeProblem(problem))
console.log(
  problems.length === 0
    ? `${candidates.length}份文件都可以展出。`
    : `${candidates.length}份可以展出，有${problems.length}处要改。`,
)
process.exitCode = problems.length > 0 ? 1 : 0

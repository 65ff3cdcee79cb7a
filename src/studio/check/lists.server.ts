// Reads the lists that texts are compared with: content/checks/.
import { join } from 'node:path'
import { z } from 'astro/zod'
import { readSource } from '#course/read-source.server.ts'
import { readYaml } from '#course/read-yaml.ts'
import type { Problem } from '#course/problem.ts'
import type { Lists } from '#studio/check/advise.ts'
import { DoubtfulFigure } from '#studio/check/doubtful-figure.ts'
import { Misattribution } from '#studio/check/misattribution.ts'

/** The lists that stand in a content folder, and what is wrong with them; a file that is missing or wrong counts as empty. */
export async function readLists(
  contentDir: string,
): Promise<{ lists: Pick<Lists, 'misattributions' | 'doubtfulFigures'>; problems: Problem[] }> {
  const problems: Problem[] = []
  const list = async <Entry extends { id: string }>(
    name: string,
    shape: z.ZodType<Entry>,
  ): Promise<Entry[]> => {
    const file = `checks/${name}.yaml`
    const source = await readSource(join(contentDir, file))
    if (source === null) return []
    const read = readYaml(source, z.array(shape).max(500), file)
    if (read.type === 'refused') {
      problems.push(...read.problems)
      return []
    }
    const ids = read.value.map(({ id }) => id)
    const twice = ids.findIndex((id, index) => ids.indexOf(id) < index)
    if (twice >= 0)
      problems.push({
        ...{ file, ...read.place([twice, 'id']) },
        message: `代号 ${ids[twice]} 用了两次。`,
        mend: '给后一项换一个代号，或把两项合成一项。',
      })
    return read.value
  }
  const misattributions = await list('misattributions', Misattribution)
  const doubtfulFigures = await list('doubtful-figures', DoubtfulFigure)
  return { lists: { misattributions, doubtfulFigures }, problems }
}

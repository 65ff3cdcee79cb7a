// Judges the blueprints of content/assessments/: readable, an id each, of a model and of kinds that exist.
import { readYaml } from '#course/read-yaml.ts'
import type { Place, Problem } from '#course/problem.ts'
import { kinds } from '#quiz/kinds/registry.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'

/** The part of the capability model that blueprints name. */
export type NamedModel = { dimensions: readonly { id: string; indicators: readonly { id: string }[] }[] }

export type BlueprintFile = { file: string; source: string }

export type CheckedBlueprints = {
  candidates: { file: string; blueprint: Blueprint }[]
  problems: Problem[]
}

/** A blueprint that is refused does not hold up the others. */
export function checkBlueprints(files: readonly BlueprintFile[], model: NamedModel): CheckedBlueprints {
  const candidates: CheckedBlueprints['candidates'] = []
  const problems: Problem[] = []
  for (const { file, source } of files) {
    const read = readYaml<Blueprint>(source, Blueprint, file)
    if (read.type === 'refused') {
      problems.push(...read.problems)
      continue
    }
    const blueprint = read.value
    const at = (path: readonly PropertyKey[]) => ({ file, ...read.place(path) })
    const other = candidates.find(({ blueprint: { id } }) => id === blueprint.id)
    const found = [
      ...(other
        ? [problem(at(['id']), `代号 ${blueprint.id} 已经用在 ${other.file}。`, '换一个没用过的代号。')]
        : []),
      ...checkNames(blueprint, model, at),
    ]
    problems.push(...found)
    if (found.length === 0) candidates.push({ file, blueprint })
  }
  return { candidates, problems }
}

type At = (path: readonly PropertyKey[]) => Place & { file: string }

const problem = (at: Place & { file: string }, message: string, mend: string): Problem => ({
  ...at,
  message,
  mend,
})

/** Names in a blueprint that nothing has. */
function checkNames(blueprint: Blueprint, { dimensions }: NamedModel, at: At): Problem[] {
  if (blueprint.form === 'adaptive') {
    if (dimensions.some(({ id }) => id === blueprint.dimension)) return []
    const mend = `只能是：${dimensions.map(({ id }) => id).join('、')}。`
    return [problem(at(['dimension']), `能力模型里没有方面“${blueprint.dimension}”。`, mend)]
  }
  const known = new Set(dimensions.flatMap(({ indicators }) => indicators.map(({ id }) => id)))
  return blueprint.cells.flatMap(({ indicator, kind }, index) => [
    ...(known.has(indicator)
      ? []
      : [
          problem(
            at(['cells', index, 'indicator']),
            `能力模型里没有指标“${indicator}”。`,
            '对照能力模型改成已有的指标代号。',
          ),
        ]),
    ...(kind === undefined || Object.hasOwn(kinds, kind)
      ? []
      : [
          problem(
            at(['cells', index, 'kind']),
            `没有题型“${kind}”。`,
            `只能是：${Object.keys(kinds).join('、')}。`,
          ),
        ]),
  ])
}

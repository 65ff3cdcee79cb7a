// Reads what is data beside the lessons (capability models, posts, requirements, hour rules) and hands it to its features.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'astro/zod'
import { describeProblem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { HealthIndex } from '#plan/health/figure.ts'
import { useHealthIndex } from '#plan/health/health-index.server.ts'
import { useAlternatives } from '#plan/model/alternatives.server.ts'
import { Requirement } from '#plan/requirement.ts'
import { useRequirements } from '#plan/requirements.server.ts'
import { CapabilityModel, Post, unknownTargets } from '#record/capability/model.ts'
import { Alternative, faultsOf } from '#record/capability/model-alternative.ts'
import { bringModel } from '#record/capability/model-versions.server.ts'
import { HourRule } from '#record/hours/rule.ts'
import { putInForce, useHourRules } from '#record/hours/rule.server.ts'

/** Everything that content/ holds beside courses, or the problems with it, each with file, line and mend. */
export type Rules = {
  model: CapabilityModel
  posts: Post[]
  /** Other models, not in force. */
  alternatives: Alternative[]
  requirements: Requirement[]
  hourRules: HourRule[]
  /** What a unit looks at each month; null where the county has chosen nothing. */
  healthIndex: HealthIndex | null
}

/**
 * Reads and checks the rule files of a content folder.
 * @throws Error that lists every problem in Chinese.
 */
export function readRules(contentDir: string): Rules {
  const problems: string[] = []
  const file = <T>(path: string, shape: z.ZodType<T>): T[] => {
    const read = readYaml(readFileSync(join(contentDir, path), 'utf8'), shape, path)
    if (read.type === 'read') return [read.value]
    problems.push(...read.problems.map(describeProblem))
    return []
  }
  const folder = <T>(path: string, shape: z.ZodType<T>): T[] =>
    existsSync(join(contentDir, path))
      ? readdirSync(join(contentDir, path))
          .filter((name) => name.endsWith('.yaml'))
          .sort()
          .flatMap((name) => file(`${path}/${name}`, shape))
      : []
  const [model] = file('capabilities/default.yaml', CapabilityModel)
  const posts = folder('capabilities/posts', Post)
  const alternatives = folder('capabilities/alternatives', Alternative)
  const requirements = folder('requirements', Requirement)
  const hourRules = folder('hour-rules', HourRule)
  const healthFile = 'health-index.yaml'
  const [healthIndex = null] = existsSync(join(contentDir, healthFile)) ? file(healthFile, HealthIndex) : []
  for (const post of model ? posts : []) {
    const unknown = model ? unknownTargets(post, model) : []
    if (unknown.length > 0)
      problems.push(
        `capabilities/posts/${post.id}.yaml：目标里有模型没有的指标：${unknown.join('、')}。请改成模型里的 id。`,
      )
  }
  for (const other of alternatives) {
    if (other.form === 'regrouping' && model)
      problems.push(
        ...faultsOf(other, { model, posts }).map(
          (fault) => `capabilities/alternatives/${other.id}.yaml：${fault}`,
        ),
      )
  }
  if (!model || problems.length > 0)
    throw new Error(['内容里的规则文件有误，改好后再启动：', ...problems].join('\n'))
  return { model, posts, alternatives, requirements, hourRules, healthIndex }
}

/** Hands the rules to their features and puts the chosen hour rule in force; a model put in force here stands above the files'. */
export async function useRules(rules: Rules, hourRule: string): Promise<void> {
  const { model, posts } = rules
  await bringModel({ model, posts })
  useAlternatives({ model, posts }, rules.alternatives)
  useRequirements(rules.requirements)
  useHourRules(rules.hourRules)
  useHealthIndex(rules.healthIndex)
  const chosen = rules.hourRules.find((rule) => rule.id === hourRule)
  if (!chosen) {
    const known = rules.hourRules.map((rule) => rule.id).join('、')
    throw new Error(`没有学时规则“${hourRule}”。请把 HOUR_RULE 设成其中之一：${known}。`)
  }
  await putInForce(chosen)
}

// The rules that come with the product, straight from their files: no database is opened for them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Requirement } from '#plan/requirement.ts'
import { Post } from '#record/capability/model.ts'
import { HourRule } from '#record/hours/rule.ts'

/** The content that comes with the product. */
export const contentDir = join(import.meta.dirname, '..', '..', 'content')

const folder = (path: string): unknown[] =>
  readdirSync(join(contentDir, path))
    .sort()
    .map((name) => parse(readFileSync(join(contentDir, path, name), 'utf8')) as unknown)

const hourRule = (name: string) =>
  HourRule.parse(parse(readFileSync(join(contentDir, 'hour-rules', `${name}.yaml`), 'utf8')))

/** The published hour rules. */
export const yunnan = hourRule('yunnan-2024')
export const shanxi = hourRule('shanxi')
export const zhengzhou = hourRule('zhengzhou')
export const nanjing = hourRule('nanjing')

export const requirements = folder('requirements').map((one) => Requirement.parse(one))

export const posts = folder('capabilities/posts').map((one) => Post.parse(one))

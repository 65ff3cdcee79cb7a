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

/** The published rule of Yunnan. */
export const yunnan = HourRule.parse(
  parse(readFileSync(join(contentDir, 'hour-rules', 'yunnan-2024.yaml'), 'utf8')),
)

export const requirements = folder('requirements').map((one) => Requirement.parse(one))

export const posts = folder('capabilities/posts').map((one) => Post.parse(one))

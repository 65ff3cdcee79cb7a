// The capability model and the targets of posts, as files in content/capabilities/. Data: another model is another file.
import { z } from 'astro/zod'

/** Number of levels of every indicator. */
export const levelCount = 5

/** Most dimensions of a model: the map has room for so many names. */
export const mostDimensions = 8

/** A line of text that every format can hold, with no space at its ends. */
const line = (most: number, what: string, why = '') =>
  z
    .string()
    .min(1, `写上${what}。`)
    .max(most, `${what}不超过${most}个字${why}。`)
    .refine(
      (text) => text.isWellFormed() && text.trim() === text && !/[\p{Cc}\uFFFE\uFFFF]/u.test(text),
      `${what}写成一行，前后不留空格。`,
    )

/** A permanent id, kebab-case; not the one that every object has by itself, because ids are keys of objects. */
const id = (what: string) =>
  z
    .string()
    .refine((text) => text !== 'constructor', `${what}的编号不能是constructor，请换一个。`)
    .max(64, `${what}的编号不超过64个字符。`)
    .regex(/^[a-z][a-z0-9-]*$/, `${what}的编号用小写字母开头，后面用小写字母、数字和连字符。`)

/** Something that can be shown by evidence. */
export const Indicator = z.strictObject({
  /** Permanent; items and lessons name it. */
  id: id('指标'),
  name: line(30, '指标的名称'),
  /** What a person does at each level, first to fifth; the rater's anchors. */
  anchors: z.array(line(200, '锚点')).length(levelCount, '每项指标写五条锚点，一级到五级。'),
  /** Ids of former indicators whose evidence counts for this one. */
  replaces: z.array(id('原来指标')).min(1).max(100).optional(),
})
export type Indicator = z.infer<typeof Indicator>

/** A group of indicators. */
export const Dimension = z.strictObject({
  id: id('方面'),
  name: line(10, '方面的名称', '，图上才写得下'),
  indicators: z.array(Indicator).min(1, '每个方面至少要有一项指标。').max(40, '一个方面最多四十项指标。'),
})
export type Dimension = z.infer<typeof Dimension>

/** content/capabilities/default.yaml. */
export const CapabilityModel = z
  .strictObject({
    id: id('模型'),
    title: line(40, '模型的名称'),
    /** Shown under every map: whose model this is. */
    note: line(400, '说明'),
    /** Abilities at which levels 2 to 5 begin, on the scale where the population has mean 0 and deviation 1. */
    cuts: z.array(z.number().min(-3).max(3)).length(levelCount - 1, '分级线写四个数。'),
    levels: z
      .array(z.strictObject({ level: z.int(), name: line(6, '等级的名称') }))
      .length(levelCount, '等级的名称写五个。'),
    dimensions: z.array(Dimension).min(1).max(mostDimensions, '图上只有八个方面的位置。'),
  })
  .check(({ value, issues }) => {
    const refuse = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message })
    const { cuts, dimensions } = value
    if (cuts.some((cut, i) => i > 0 && cut <= (cuts[i - 1] ?? 0))) refuse(['cuts'], '分级线要从低到高。')
    if (value.levels.some((entry, i) => entry.level !== i + 1)) refuse(['levels'], '等级要从一级写到五级。')
    for (const i of repeats(dimensions.map((one) => one.id)))
      refuse(['dimensions', i, 'id'], `方面“${dimensions[i]?.id}”写了两次。`)
    const indicators = placed(dimensions)
    for (const i of repeats(indicators.map(({ id }) => id)))
      refuse([...(indicators[i]?.path ?? []), 'id'], `指标“${indicators[i]?.id}”写了两次。`)
    const present = new Set(indicators.map(({ id }) => id))
    const former = indicators.flatMap(({ replaces = [], path }) => replaces.map((id) => ({ id, path })))
    for (const { id, path } of former.filter(({ id }) => present.has(id)))
      refuse([...path, 'replaces'], `“${id}”还是模型里的指标，不能又作为原编号。`)
    for (const i of repeats(former.map(({ id }) => id)))
      refuse([...(former[i]?.path ?? []), 'replaces'], `原编号“${former[i]?.id}”写了两次，证据只能归一处。`)
  })
export type CapabilityModel = z.infer<typeof CapabilityModel>

/** content/capabilities/posts/<post>.yaml. */
export const Post = z.strictObject({
  id: id('岗位'),
  name: line(30, '岗位的名称'),
  /** Category of duty, as requirements and statistics use it. */
  category: id('身份类别'),
  /** Level that the post asks for, by indicator. */
  targets: z.record(
    z.string(),
    z.int('目标写等级，二到四。').min(2, '目标最低二级。').max(4, '目标最高四级。'),
  ),
})
export type Post = z.infer<typeof Post>

/** A model with the posts whose targets it measures: what is put in force, exported and imported together. */
export const ModelWithPosts = z
  .strictObject({
    model: CapabilityModel,
    posts: z.array(Post).min(1, '至少写一个岗位。').max(60, '岗位最多六十个。'),
  })
  .check(({ value, issues }) => {
    const refuse = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message })
    const { model, posts } = value
    for (const i of repeats(posts.map((post) => post.id)))
      refuse(['posts', i, 'id'], `岗位“${posts[i]?.id}”写了两次。`)
    for (const i of repeats(posts.map((post) => post.name)))
      refuse(['posts', i, 'name'], `岗位“${posts[i]?.name}”写了两次。`)
    for (const [i, post] of posts.entries())
      for (const indicator of unknownTargets(post, model))
        refuse(['posts', i, 'targets', indicator], `模型里没有指标“${indicator}”，不能定目标。`)
  })
export type ModelWithPosts = z.infer<typeof ModelWithPosts>

/** Every indicator of a model, in its order. */
export function indicatorsOf(model: CapabilityModel): Indicator[] {
  return model.dimensions.flatMap((dimension) => dimension.indicators)
}

/** The targets of somebody with these posts: the highest of each indicator. */
export function targetsOf(posts: readonly Pick<Post, 'targets'>[]): Record<string, number> {
  const highest: Record<string, number> = {}
  for (const { targets } of posts) {
    for (const [indicator, target] of Object.entries(targets)) {
      highest[indicator] = Math.max(target, highest[indicator] ?? 0)
    }
  }
  return highest
}

/** Indicators that a post names and the model does not have; a content check refuses them. */
export function unknownTargets(post: Pick<Post, 'targets'>, model: CapabilityModel): string[] {
  const known = new Set(indicatorsOf(model).map((indicator) => indicator.id))
  return Object.keys(post.targets).filter((indicator) => !known.has(indicator))
}

/** Places of what stands there a second time. */
function repeats(ids: readonly string[]): number[] {
  const seen = new Set<string>()
  return ids.flatMap((id, i) => {
    if (seen.has(id)) return [i]
    seen.add(id)
    return []
  })
}

function placed(dimensions: readonly Dimension[]) {
  return dimensions.flatMap(({ indicators }, d) =>
    indicators.map((one, i) => ({ ...one, path: ['dimensions', d, 'indicators', i] as PropertyKey[] })),
  )
}

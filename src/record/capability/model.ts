// The capability model and the targets of posts, as files in content/capabilities/. Data: another model is another file.
import { z } from 'astro/zod'

/** Number of levels of every indicator. */
const levels = 5

/** Something that can be shown by evidence. */
export const Indicator = z.strictObject({
  /** Permanent, kebab-case; items and lessons name it. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, '指标的 id 用小写字母、数字和连字符。'),
  name: z.string().min(1),
  /** What a person does at each level, first to fifth; the rater's anchors. */
  anchors: z.array(z.string().min(1)).length(levels, '每项指标写五条锚点，一级到五级。'),
})
export type Indicator = z.infer<typeof Indicator>

/** A group of indicators; the map has room for six names. */
export const Dimension = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, '方面的 id 用小写字母、数字和连字符。'),
  name: z.string().min(1).max(10, '方面的名称不超过十个字，图上才写得下。'),
  indicators: z.array(Indicator).min(1),
})
export type Dimension = z.infer<typeof Dimension>

/** content/capabilities/default.yaml. */
export const CapabilityModel = z
  .strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    /** Shown under every map: whose model this is. */
    note: z.string().min(1),
    /** Abilities at which levels 2 to 5 begin, on the scale where the population has mean 0 and deviation 1. */
    cuts: z.array(z.number().min(-3).max(3)).length(levels - 1),
    levels: z.array(z.strictObject({ level: z.int(), name: z.string().min(1) })).length(levels),
    dimensions: z.array(Dimension).min(1).max(6, '图上只有六个方面的位置。'),
  })
  .check((model) => {
    const refuse = (path: string, message: string) =>
      model.issues.push({ code: 'custom', input: model.value, path: [path], message })
    const { cuts, dimensions } = model.value
    if (cuts.some((cut, i) => i > 0 && cut <= (cuts[i - 1] ?? 0))) refuse('cuts', '分级线要从低到高。')
    if (model.value.levels.some((entry, i) => entry.level !== i + 1))
      refuse('levels', '等级要从一级写到五级。')
    for (const id of repeated(dimensions.map((dimension) => dimension.id))) {
      refuse('dimensions', `方面“${id}”写了两次。`)
    }
    for (const id of repeated(dimensions.flatMap((dimension) => dimension.indicators.map((i) => i.id)))) {
      refuse('dimensions', `指标“${id}”写了两次。`)
    }
  })
export type CapabilityModel = z.infer<typeof CapabilityModel>

/** content/capabilities/posts/<post>.yaml. */
export const Post = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Category of duty, as requirements and statistics use it. */
  category: z.string().min(1),
  /** Level that the post asks for, by indicator. */
  targets: z.record(z.string(), z.int().min(2).max(4)),
})
export type Post = z.infer<typeof Post>

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

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]
}

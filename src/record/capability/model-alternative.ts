// Other models as files in content/capabilities/alternatives: to look at, to download and to put in force.
import { z } from 'astro/zod'
import { Dimension, indicatorsOf, mostDimensions, type ModelWithPosts } from '#record/capability/model.ts'

const about = {
  /** Id of the model; names its file too. */
  id: Dimension.shape.id,
  title: z.string().min(1).max(40),
  /** Whose model it is, and what of it is ours. */
  note: z.string().min(1).max(400),
  /** Where it was published. */
  source: z.strictObject({ work: z.string().min(1), url: z.url() }),
}

const named = { id: Dimension.shape.id, name: Dimension.shape.name }

/** Dimensions of its own over the indicators of the default model, so that all evidence carries over. */
export const Regrouping = z.strictObject({
  ...about,
  form: z.literal('regrouping'),
  dimensions: z
    .array(z.strictObject({ ...named, indicators: z.array(z.string()).min(1) }))
    .min(1)
    .max(mostDimensions),
})
export type Regrouping = z.infer<typeof Regrouping>

/** Published dimensions whose indicators we do not know: empty places for whoever has the publication. */
export const Template = z.strictObject({
  ...about,
  form: z.literal('template'),
  dimensions: z.array(z.strictObject(named)).min(1).max(mostDimensions),
  /** How many indicators it has in all. */
  places: z.int().min(1).max(200),
})
export type Template = z.infer<typeof Template>

export const Alternative = z.discriminatedUnion('form', [Regrouping, Template])
export type Alternative = z.infer<typeof Alternative>

/** What a regrouping leaves out, names twice or does not find, in words; empty if it is whole. */
export function faultsOf({ dimensions }: Regrouping, { model }: ModelWithPosts): string[] {
  const asked = dimensions.flatMap(({ indicators }) => indicators)
  const all = indicatorsOf(model).map(({ id }) => id)
  const twice = asked.filter((id, i) => asked.indexOf(id) !== i)
  return [
    ...asked.filter((id) => !all.includes(id)).map((id) => `缺省模型里没有指标“${id}”。`),
    ...twice.map((id) => `指标“${id}”写了两次。`),
    ...all.filter((id) => !asked.includes(id)).map((id) => `指标“${id}”没有归到哪个方面。`),
  ]
}

/** The whole model of a regrouping, with the cuts, levels, anchors and posts of the model that it regroups. */
export function regroup({ id, title, note, dimensions }: Regrouping, base: ModelWithPosts): ModelWithPosts {
  const indicators = new Map(indicatorsOf(base.model).map((one) => [one.id, one]))
  const model = {
    ...base.model,
    ...{ id, title, note },
    dimensions: dimensions.map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators.flatMap((one) => indicators.get(one) ?? []),
    })),
  }
  return { model, posts: base.posts }
}

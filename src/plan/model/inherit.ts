// What a new model takes over from the one in force, so that nothing is lost: ways of old evidence, posts that are held.
import { indicatorsOf, type Indicator, type ModelWithPosts } from '#record/capability/model.ts'

type Named = Pick<Indicator, 'id' | 'replaces'>

/**
 * The model as it will be put in force. An indicator that replaces another also takes what that one had replaced, and a
 * post that somebody holds and the new model does not have goes on, with its targets where they count now.
 * @param held ids of the posts that assignments name.
 */
export function inherit(
  next: ModelWithPosts,
  before: ModelWithPosts,
  held: ReadonlySet<string>,
): ModelWithPosts {
  const indicators = indicatorsOf(next.model)
  const taken = new Set(indicators.flatMap(({ id, replaces = [] }) => [id, ...replaces]))
  const earlier = new Map(indicatorsOf(before.model).map(({ id, replaces = [] }) => [id, replaces]))
  const further = (one: Indicator) =>
    (one.replaces ?? []).flatMap((id) => earlier.get(id) ?? []).filter((id) => !taken.has(id))
  const model = {
    ...next.model,
    dimensions: next.model.dimensions.map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators.map((one) => {
        const more = further(one)
        return more.length > 0 ? { ...one, replaces: [...(one.replaces ?? []), ...more] } : one
      }),
    })),
  }
  const names = new Set(next.posts.map(({ name }) => name))
  const ids = new Set(next.posts.map(({ id }) => id))
  const kept = before.posts
    .filter(({ id }) => held.has(id) && !ids.has(id))
    .map((post) => ({
      ...post,
      // Two posts of one name could not be told apart in a table.
      name: names.has(post.name) ? `${post.name}（${post.id}）`.slice(0, 30) : post.name,
      targets: ledTargets(post.targets, indicators, indicatorsOf(before.model)),
    }))
  return { model, posts: [...next.posts, ...kept] }
}

/** Targets where they count in other indicators; of several that come together the highest, of what is gone none. */
export function ledTargets(
  targets: Readonly<Record<string, number>>,
  indicators: readonly Named[],
  before: readonly Named[],
): Record<string, number> {
  const known = new Set(before.map(({ id }) => id))
  const led = indicators.flatMap(({ id, replaces = [] }) => {
    const levels = [id, ...replaces].flatMap((one) => (known.has(one) ? (targets[one] ?? []) : []))
    return levels.length > 0 ? [[id, Math.max(...levels)] as const] : []
  })
  return Object.fromEntries(led)
}

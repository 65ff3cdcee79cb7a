// What another model would change: indicators that are new, kept, renamed or gone, where their evidence goes, and posts.
import { indicatorsOf, type CapabilityModel, type ModelWithPosts } from '#record/capability/model.ts'

export type Fate = 'kept' | 'renamed' | 'taken-over' | 'new'

/** An indicator of the other model. */
export type NextIndicator = {
  id: string
  name: string
  dimension: string
  fate: Fate
  /** Names, as they are now, of those whose evidence counts for it; its own if it was renamed. */
  from: string[]
  /** Pieces of evidence that everybody together would have for it. */
  pieces: number
  /** Some anchor would be worded otherwise. */
  anchorsChanged: boolean
}

/** An indicator that the other model does not have. */
export type GoneIndicator = {
  id: string
  name: string
  pieces: number
  /** Name of the one that takes its evidence over; null if the evidence stays visible as old. */
  goesTo: string | null
}

export type ModelChange = {
  indicators: NextIndicator[]
  gone: GoneIndicator[]
  dimensions: { added: string[]; gone: string[] }
  cutsChanged: boolean
  levelsChanged: boolean
  posts: { added: string[]; changed: string[]; gone: string[] }
  /** Nothing at all would change. */
  same: boolean
}

/**
 * @param pieces pieces of evidence by indicator, as they count now.
 * @param nameOf the name of an indicator of the model in force, or of an earlier one.
 */
export function compareModels(
  before: ModelWithPosts,
  next: ModelWithPosts,
  pieces: ReadonlyMap<string, number>,
  nameOf: (id: string) => string,
): ModelChange {
  const earlier = new Map(indicatorsOf(before.model).map((one) => [one.id, one]))
  const count = (id: string) => pieces.get(id) ?? 0
  const indicators = next.model.dimensions.flatMap((dimension) =>
    dimension.indicators.map(({ id, name, anchors, replaces = [] }): NextIndicator => {
      const own = earlier.get(id)
      // What an indicator took over before counts under its own id by now.
      const others = replaces.filter((one) => earlier.has(one) || count(one) > 0)
      const renamed = own !== undefined && own.name !== name
      return {
        ...{ id, name, dimension: dimension.name },
        fate: others.length > 0 ? 'taken-over' : own ? (renamed ? 'renamed' : 'kept') : 'new',
        from: [...(renamed ? [own.name] : []), ...others.map(nameOf)],
        pieces: [id, ...others].reduce((sum, one) => sum + count(one), 0),
        anchorsChanged: own !== undefined && own.anchors.some((anchor, i) => anchor !== anchors[i]),
      }
    }),
  )
  const nameThere = new Map(
    indicatorsOf(next.model).flatMap(({ id, name, replaces = [] }) =>
      [id, ...replaces].map((one) => [one, name] as const),
    ),
  )
  const present = new Set(indicators.map(({ id }) => id))
  const gone = [...new Set([...earlier.keys(), ...[...pieces.keys()].filter((id) => count(id) > 0)])]
    .filter((id) => !present.has(id))
    .map((id) => ({ id, name: nameOf(id), pieces: count(id), goesTo: nameThere.get(id) ?? null }))
  return {
    ...{ indicators, gone },
    dimensions: differing(dimensionNames(before.model), dimensionNames(next.model)),
    cutsChanged: !alike(before.model.cuts, next.model.cuts),
    levelsChanged: !alike(before.model.levels, next.model.levels),
    posts: postChange(before, next),
    same: alike(before, next),
  }
}

const dimensionNames = ({ dimensions }: CapabilityModel) => dimensions.map(({ name }) => name)

const differing = (before: readonly string[], next: readonly string[]) => ({
  added: next.filter((name) => !before.includes(name)),
  gone: before.filter((name) => !next.includes(name)),
})

function postChange(before: ModelWithPosts, next: ModelWithPosts) {
  const names = (posts: ModelWithPosts['posts']) => posts.map(({ name }) => name)
  const there = new Map(before.posts.map((post) => [post.id, post]))
  const ids = new Set(next.posts.map(({ id }) => id))
  return {
    added: names(next.posts.filter(({ id }) => !there.has(id))),
    changed: names(next.posts.filter((post) => there.has(post.id) && !alike(there.get(post.id), post))),
    gone: names(before.posts.filter(({ id }) => !ids.has(id))),
  }
}

/** Alike whatever the order of names in an object: a table gives them in another order than a file. */
function alike(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  )
}

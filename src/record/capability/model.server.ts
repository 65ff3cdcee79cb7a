// The capability model and the posts in force, kept in memory: from content/capabilities, or as they were put in force
// here (model-versions.server.ts). What was measured under an earlier model is led to where it counts now.
import { defaultCuts } from '#record/capability/belief.ts'
import {
  indicatorsOf,
  type CapabilityModel,
  type ModelWithPosts,
  type Post,
} from '#record/capability/model.ts'
import type { Evidence } from '#record/evidence/evidence.ts'

type InUse = {
  model: CapabilityModel
  posts: ReadonlyMap<string, Post>
  /** Instant from which it is in force; null while the files' model is. */
  since: string | null
}

let inUse: InUse | null = null

/** Where evidence of an id counts. */
let places = new Map<string, string>()

/** Names and members of indicators and dimensions of earlier models, the latest first. */
let former: readonly CapabilityModel[] = []

/** Puts a model in use; `since` if it was put in force here. */
export function useModel(model: CapabilityModel, posts: readonly Post[], since: string | null = null) {
  inUse = { model, posts: new Map(posts.map((post) => [post.id, post])), since }
  const indicators = indicatorsOf(model)
  places = new Map([
    ...indicators.flatMap(({ id, replaces = [] }) => replaces.map((one) => [one, id] as const)),
    ...indicators.map(({ id }) => [id, id] as const),
  ])
}

/** Models that were in force before, or that the files hold, the latest first. */
export function rememberModels(models: readonly CapabilityModel[]) {
  former = models
}

/** The model and the posts by id; throws before the process has read them. */
export function modelInUse(): InUse {
  if (!inUse) throw new Error('The capability model has not been read yet.')
  return inUse
}

/** The same as it is exported, imported and compared. */
export function modelWithPosts(): ModelWithPosts {
  const { model, posts } = modelInUse()
  return { model, posts: [...posts.values()] }
}

/** Cuts of the model in use, or the default ones before it was read. */
export const cutsInUse = (): readonly number[] => inUse?.model.cuts ?? defaultCuts

/** The posts in use, or none before they were read. */
export const postsInUse = (): ReadonlyMap<string, Post> => inUse?.posts ?? noPosts

const noPosts: ReadonlyMap<string, Post> = new Map()

/**
 * The indicator for which evidence of an id counts in the model in force: itself, or the one that replaces it; itself
 * unchanged if neither is there, and then it is old evidence.
 */
export const indicatorNow = (id: string): string => places.get(id) ?? id

/** Dimensions, each with indicators, that items, lessons and blueprints may name. */
export type Named = { dimensions: { id: string; indicators: { id: string }[] }[] }

/** What content may name: the model in force, what it replaces, and the models before it. */
export function knownNames(): Named {
  const known = new Map<string, Set<string>>()
  for (const { id, indicators } of [modelInUse().model, ...former].flatMap((one) => one.dimensions)) {
    const there = known.get(id) ?? new Set<string>()
    for (const one of indicators) for (const name of [one.id, ...(one.replaces ?? [])]) there.add(name)
    known.set(id, there)
  }
  return {
    dimensions: [...known].map(([id, names]) => ({
      id,
      indicators: [...names].map((name) => ({ id: name })),
    })),
  }
}

/** Name of an indicator, also of one that only an earlier model had; null if no model has it. */
export function indicatorNamed(id: string): string | null {
  const now = indicatorNow(id)
  const models = [...(inUse ? [inUse.model] : []), ...former]
  const found = models.flatMap(indicatorsOf)
  return (found.find((one) => one.id === now) ?? found.find((one) => one.id === id))?.name ?? null
}

/**
 * A dimension. One that only earlier models had has the indicators of the model in force that its own count for now;
 * null if no model has it.
 */
export function dimensionNow(id: string): { id: string; name: string; indicators: string[] } | null {
  const { model } = modelInUse()
  const own = model.dimensions.filter((one) => one.id === id)
  const found =
    own.length > 0 ? own : former.flatMap((one) => one.dimensions.filter((each) => each.id === id))
  const [latest] = found
  if (!latest) return null
  const present = new Set(indicatorsOf(model).map((one) => one.id))
  const led = new Set(found.flatMap(({ indicators }) => indicators.map((one) => indicatorNow(one.id))))
  return { id, name: latest.name, indicators: [...led].filter((one) => present.has(one)) }
}

/** Evidence that no indicator of the model in force counts: it stays visible, and is not in the map. */
export type OldEvidence = { indicator: string; name: string | null; pieces: number }

/** What of a person's evidence (by indicator) is old; in the order in which it is given. */
export function oldEvidence(evidence: ReadonlyMap<string, readonly Evidence[]>): OldEvidence[] {
  return [...evidence].flatMap(([indicator, pieces]) =>
    places.has(indicator) || pieces.length === 0
      ? []
      : [{ indicator, name: indicatorNamed(indicator), pieces: pieces.length }],
  )
}

/** Whoever must do something when another model is put in force. */
export type ModelListener = {
  /** After the commit, the new model being in use. */
  after: () => void
}

const listeners: ModelListener[] = []

/** Adds a listener; all are told, in the order in which they came. */
export function onModelChange(listener: ModelListener) {
  listeners.push(listener)
}

/** For whoever put a model in force, after its commit. */
export function modelChanged() {
  for (const { after } of listeners) after()
}

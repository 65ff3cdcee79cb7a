// The capability model and the posts of this county, read from content/capabilities at start.
import { defaultCuts } from '#record/capability/belief.ts'
import type { CapabilityModel, Post } from '#record/capability/model.ts'

/** Cuts of the model in use, or the default ones before it was read. */
export const cutsInUse = (): readonly number[] => inUse?.model.cuts ?? defaultCuts

let inUse: { model: CapabilityModel; posts: ReadonlyMap<string, Post> } | null = null

export function useModel(model: CapabilityModel, posts: readonly Post[]) {
  inUse = { model, posts: new Map(posts.map((post) => [post.id, post])) }
}

/** The model and the posts by id; throws before the process has read them. */
export function modelInUse(): { model: CapabilityModel; posts: ReadonlyMap<string, Post> } {
  if (!inUse) throw new Error('The capability model has not been read yet.')
  return inUse
}

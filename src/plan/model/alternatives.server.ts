// The models that come with this installation, not in force: the default one and its alternatives.
import type { Alternative } from '#record/capability/model-alternative.ts'
import type { ModelWithPosts } from '#record/capability/model.ts'

let read: { fromFiles: ModelWithPosts; alternatives: readonly Alternative[] } | null = null

export function useAlternatives(fromFiles: ModelWithPosts, alternatives: readonly Alternative[]) {
  read = { fromFiles, alternatives }
}

/** The model of the files and the alternatives; throws before the process has read them. */
export function comesWith(): { fromFiles: ModelWithPosts; alternatives: readonly Alternative[] } {
  if (!read) throw new Error('The capability models have not been read yet.')
  return read
}

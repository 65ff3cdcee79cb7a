// The requirements of this county, read from content/requirements at start.
import type { Requirement } from '#plan/requirement.ts'

/** All requirements; empty until the process has read them. */
export let requirements: readonly Requirement[] = []

export function useRequirements(read: readonly Requirement[]) {
  requirements = read
}

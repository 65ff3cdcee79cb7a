// The figures that this county looks at, read from content/health-index.yaml at start.
import type { HealthIndex } from '#plan/health/figure.ts'

/** The chosen figures in order; none where the county has no such file. */
export let chosenFigures: HealthIndex['figures'] = []

export function useHealthIndex(index: HealthIndex | null) {
  chosenFigures = index?.figures ?? []
}

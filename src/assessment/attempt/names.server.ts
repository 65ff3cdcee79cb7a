// What indicators and dimensions are called in the model in force, or were in an earlier one; an unknown id stands for itself.
import { dimensionNow, indicatorNamed } from '#record/capability/model.server.ts'

/** Name of an indicator. */
export const indicatorName = (id: string): string => indicatorNamed(id) ?? id

/** Name of a dimension. */
export const dimensionName = (id: string): string => dimensionNow(id)?.name ?? id

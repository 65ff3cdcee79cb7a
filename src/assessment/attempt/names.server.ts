// What indicators and dimensions are called in the model in use; an id that it does not have stands for itself.
import { modelInUse } from '#record/capability/model.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'

/** Name of an indicator. */
export const indicatorName = (id: string): string =>
  indicatorsOf(modelInUse().model).find((one) => one.id === id)?.name ?? id

/** Name of a dimension. */
export const dimensionName = (id: string): string =>
  modelInUse().model.dimensions.find((one) => one.id === id)?.name ?? id

// The capability model that comes with the house.
import { readRules } from '#process/rules-at-start.server.ts'

export const rules = readRules('content')
export const contentModel = rules.model

// How the library is searched by those who look after it, and what wants their attention.
import { z } from 'astro/zod'
import { kindNames } from '#search/read-search.ts'

export type Kind = keyof typeof kindNames
const kinds = Object.keys(kindNames) as [Kind, ...Kind[]]

export const states = ['open', 'withdrawn', 'due', 'conflict', 'missing'] as const
export type State = (typeof states)[number]

export const stateNames: Record<State, string> = {
  open: '在展',
  withdrawn: '已撤展',
  due: '快到复查日',
  conflict: '文件和站上都改过',
  missing: '文件不在了',
}

/** The address of the list; what cannot be read is left out. */
export const LibraryFilter = z.object({
  q: z.string().trim().max(60).catch(''),
  kind: z.enum(kinds).optional().catch(undefined),
  state: z.enum(states).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type LibraryFilter = z.infer<typeof LibraryFilter>

export const isFiltered = ({ q, kind, state }: LibraryFilter) =>
  q !== '' || kind !== undefined || state !== undefined

/** Days before the day of another look at which it is said. */
export const daysAhead = 30

/** What the library knows of a document, as far as it wants attention. Days are of Shanghai. */
export type Stand = {
  withdrawnAt: string | null
  /** Of the course of a lesson. */
  courseWithdrawnAt: string | null
  reviewBy: string | null
  conflictHash: string | null
  missingSince: string | null
}

/** Everything that holds of a document: on show or not first. @param until the last day that is near */
export function statesOf(stand: Stand, until: string): State[] {
  const withdrawn = stand.withdrawnAt !== null || stand.courseWithdrawnAt !== null
  return [
    withdrawn ? 'withdrawn' : 'open',
    ...(!withdrawn && stand.reviewBy !== null && stand.reviewBy <= until ? (['due'] as const) : []),
    ...(stand.conflictHash === null ? [] : (['conflict'] as const)),
    ...(stand.missingSince === null ? [] : (['missing'] as const)),
  ]
}

// The bank as a trainer looks at it: what wants attention, how many items each indicator has, what a filter finds.
import { z } from 'astro/zod'
import type { Flag } from '#assessment/calibration/statistics.ts'
import type { Item } from '#quiz/question.ts'

/** An item in lists. */
export type ListedItem = {
  id: string
  /** The question; null for a secure item, which is read on its own page only. */
  stem: string | null
  kind: string
  indicator: string
  difficulty: Item['difficulty']
  secure: boolean
  status: 'draft' | 'active' | 'retired'
  /** Why its passage no longer stands in its source, in Chinese; null if it does. */
  drift: string | null
  /** Changed in its file and here. */
  conflict: boolean
  /** What its answers give reason to look at: under which concern, and in Chinese. */
  remarks: { concern: Concern; text: string }[]
}

/** What wants attention, the most pressing first: what may be graded wrongly before what measures little. */
export const concerns = [
  'doubted',
  'drifted',
  'conflict',
  'draft',
  'unequal',
  'remarked',
  'unchosen',
] as const
export type Concern = (typeof concerns)[number]

export const concernNames: Record<Concern, string> = {
  doubted: '答案可能有误',
  drifted: '原文变了',
  conflict: '文件和站上都改过',
  draft: '等另一位教员核准',
  unequal: '对有的岗位更难',
  remarked: '测不出高低',
  unchosen: '有选项从来没人选',
}

/** Under which concern a remark on the answers stands; null for one that is none: that few have answered. */
export function concernOf({ type }: Pick<Flag, 'type'>): Concern | null {
  if (type === 'few') return null
  if (type === 'reversed' || type === 'stronger-than-key') return 'doubted'
  if (type === 'harder-for') return 'unequal'
  return type === 'never-chosen' ? 'unchosen' : 'remarked'
}

/** What of an item wants attention; nothing of a retired one does. */
export function concernsOf({ status, drift, conflict, remarks }: ListedItem): Concern[] {
  if (status === 'retired') return []
  const found = new Set(remarks.map(({ concern }) => concern))
  if (drift !== null) found.add('drifted')
  if (conflict) found.add('conflict')
  if (status === 'draft') found.add('draft')
  return concerns.filter((one) => found.has(one))
}

/** Counts of one indicator: open items in use by difficulty and kind, and the others. */
export type IndicatorCount = {
  open: number
  difficulties: Record<Item['difficulty'], number>
  /** By kind, open items in use. */
  kinds: Record<string, number>
  secure: number
  draft: number
  retired: number
}

/** Counts the items of an indicator; one that has drifted is not in use. */
export function countItems(items: readonly ListedItem[]): IndicatorCount {
  const inUse = items.filter(({ status, drift }) => status === 'active' && drift === null)
  const open = inUse.filter(({ secure }) => !secure)
  const of = (difficulty: Item['difficulty']) => open.filter((item) => item.difficulty === difficulty).length
  const kinds = [...Map.groupBy(open, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length] as const)
  return {
    open: open.length,
    difficulties: { easy: of('easy'), medium: of('medium'), hard: of('hard') },
    kinds: Object.fromEntries(kinds),
    secure: inUse.length - open.length,
    draft: items.filter(({ status }) => status === 'draft').length,
    retired: items.filter(({ status }) => status === 'retired').length,
  }
}

const any = z.string().max(60).optional().catch(undefined)

/** What the search form of the bank sends; whatever is not understood is left out. */
export const BankFilter = z.object({
  q: z.string().trim().max(60).optional().catch(undefined),
  indicator: any,
  kind: any,
  difficulty: any,
  /** A concern, or how it stands. */
  state: z
    .enum(['active', 'retired', ...concerns])
    .optional()
    .catch(undefined),
  bank: z.enum(['open', 'secure']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
})
export type BankFilter = z.infer<typeof BankFilter>

/** True if somebody looks for something. */
export const isFiltered = ({ page: _page, ...asked }: BankFilter) => Object.values(asked).some(Boolean)

/** The items that a filter finds. Words are looked for in questions and ids. */
export function findItems(items: readonly ListedItem[], asked: BankFilter): ListedItem[] {
  const words = asked.q?.toLowerCase().split(/\s+/) ?? []
  return items.filter((item) => {
    const text = `${item.id} ${item.stem ?? ''}`.toLowerCase()
    return (
      words.every((word) => text.includes(word)) &&
      (!asked.indicator || item.indicator === asked.indicator) &&
      (!asked.kind || item.kind === asked.kind) &&
      (!asked.difficulty || item.difficulty === asked.difficulty) &&
      (!asked.bank || item.secure === (asked.bank === 'secure')) &&
      (!asked.state || stands(item, asked.state))
    )
  })
}

function stands(item: ListedItem, state: NonNullable<BankFilter['state']>): boolean {
  if (state === 'active' || state === 'retired') return item.status === state
  return concernsOf(item).includes(state)
}

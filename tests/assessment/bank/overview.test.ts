import { expect, test } from 'vitest'
import {
  BankFilter,
  concernOf,
  concernsOf,
  countItems,
  findItems,
  isFiltered,
  type ListedItem,
} from '#assessment/bank/overview.ts'

const item = (change: Partial<ListedItem> = {}): ListedItem => ({
  ...{
    id: 'itm-open-1',
    stem: '公开栏里要贴什么？',
    kind: 'single',
    indicator: 'openness',
    difficulty: 'easy',
  },
  ...{ secure: false, status: 'active', drift: null, conflict: false, remarks: [], ...change },
})
const filter = (asked: Record<string, string>) => BankFilter.parse(asked)

test('what wants attention comes in the order in which it presses; a retired item wants none', () => {
  const remarks = (['unchosen', 'remarked', 'unequal', 'doubted'] as const).map((concern) => ({
    concern,
    text: '',
  }))
  const worst = item({ drift: '改过', conflict: true, status: 'draft', remarks })
  expect(concernsOf(worst)).toEqual([
    ...['doubted', 'drifted', 'conflict', 'draft', 'unequal', 'remarked', 'unchosen'],
  ])
  expect(concernsOf({ ...worst, status: 'retired' })).toEqual([])
  expect(concernsOf(item())).toEqual([])
})

test('a key that may be wrong presses most, an option that nobody chooses least; few answers are no worry', () => {
  const types = [
    'reversed',
    'stronger-than-key',
    'too-hard',
    'flat',
    'too-easy',
    'never-chosen',
    'harder-for',
    'few',
  ] as const
  expect(types.map((type) => concernOf({ type }))).toEqual([
    ...['doubted', 'doubted', 'remarked', 'remarked', 'remarked', 'unchosen', 'unequal', null],
  ])
})

test('only what can be asked is counted as such', () => {
  const counts = countItems([
    item(),
    item({ kind: 'scenario', difficulty: 'hard' }),
    item({ drift: '改过' }),
    item({ status: 'draft' }),
    item({ status: 'retired' }),
    item({ secure: true }),
  ])
  expect(counts).toEqual({
    ...{ open: 2, secure: 1, draft: 1, retired: 1 },
    difficulties: { easy: 1, medium: 0, hard: 1 },
    kinds: { single: 1, scenario: 1 },
  })
})

test('a trainer finds items by words in any order, by id, and by how they stand', () => {
  const items = [
    item(),
    item({ id: 'itm-open-2', stem: '账目公开以前做什么？', drift: '改过' }),
    item({ id: 'itm-secret', stem: null, secure: true }),
    item({ id: 'itm-old', status: 'retired', kind: 'order' }),
  ]
  const ids = (asked: Record<string, string>) => findItems(items, filter(asked)).map(({ id }) => id)
  expect(ids({})).toHaveLength(4)
  expect(ids({ q: '以前 账目' })).toEqual(['itm-open-2'])
  expect(ids({ q: 'ITM-SECRET' })).toEqual(['itm-secret'])
  expect(ids({ state: 'drifted' })).toEqual(['itm-open-2'])
  expect(ids({ state: 'retired' })).toEqual(['itm-old'])
  expect(ids({ kind: 'order' })).toEqual(['itm-old'])
  expect(ids({ bank: 'secure' })).toEqual(['itm-secret'])
  expect(ids({ indicator: 'small-powers' })).toEqual([])
})

test('nonsense in the address is left out, and asks for nothing', () => {
  const asked = filter({ state: 'nonsense', bank: 'x', page: '-3', q: '   ' })
  expect(asked).toMatchObject({ state: undefined, bank: undefined, page: 1 })
  expect(isFiltered(asked)).toBe(false)
  expect(isFiltered(filter({ q: '账目' }))).toBe(true)
})

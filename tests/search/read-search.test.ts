import { expect, test } from 'vitest'
import { readSearch, searchAddress } from '#search/read-search.ts'

const read = (query: string) => readSearch(new URLSearchParams(query))

test('an address is read as it was written', () => {
  const search = { q: '四知 & 悬鱼', kind: 'lesson', path: '不敢腐', course: 'qinglian-gushi' } as const
  const address = searchAddress(search, { page: 3 })
  expect(readSearch(new URL(address, 'http://x').searchParams)).toEqual({
    ...search,
    indicator: undefined,
    page: 3,
  })
})

test('what a search cannot be is left out', () => {
  expect(read('kind=toString&path=贪&page=-1')).toEqual({ q: '', page: 1 })
  expect(read('page=1e9').page).toBe(1)
  expect(read('page=1.5').page).toBe(1)
})

test('a change of the query begins at its first page, and what is empty is not written', () => {
  expect(searchAddress({ q: '', page: 4 })).toBe('/search')
  expect(searchAddress({ q: 'a', kind: 'case', page: 4 }, { kind: undefined })).toBe('/search?q=a')
})

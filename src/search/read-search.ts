// The address of a search: what it says is asked for, and how it is written. What it may not say is as if not there.
import type { Search } from '#search/find.server.ts'

/** Kinds of documents by name, in the order in which they are offered. */
export const kindNames = {
  course: '课程',
  lesson: '课文',
  story: '故事',
  case: '案例',
  list: '清单',
} as const

/** The three ways against corruption. */
export const paths = ['不敢腐', '不能腐', '不想腐'] as const

/** The first characters of a text, none of them cut in two. */
export const beginningOf = (text: string, howMany: number) => [...text].slice(0, howMany).join('')

/** What `/search?…` asks for. */
export function readSearch(query: URLSearchParams): Search & { page: number } {
  const kind = query.get('kind') ?? ''
  const path = paths.find((one) => one === query.get('path'))
  const page = Number(query.get('page') ?? 1)
  return {
    q: query.get('q') ?? '',
    kind: isKind(kind) ? kind : undefined,
    path,
    course: query.get('course') || undefined,
    indicator: query.get('indicator') || undefined,
    page: Number.isInteger(page) && page > 0 && page < 1000 ? page : 1,
  }
}

/** The address of a search, from its first page unless the change names another. */
export function searchAddress(search: Search, change: Partial<Search> = {}): string {
  const { q, kind, path, course, indicator, page } = { ...search, page: 1, ...change }
  const said = { q, kind, path, course, indicator, page: page === 1 ? undefined : page }
  const entries = Object.entries(said).flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
  const query = new URLSearchParams(entries).toString()
  return query === '' ? '/search' : `/search?${query}`
}

const isKind = (kind: string): kind is keyof typeof kindNames => Object.hasOwn(kindNames, kind)

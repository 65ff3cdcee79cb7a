// Hashes by which two states of a document, an item or a file are compared.
import { createHash } from 'node:crypto'

/** What a document consists of; only lessons and courses have items. */
export type Content = {
  source: string
  itemsSource: string | null
  /** Name → `<hash>.<extension>`. */
  files: Readonly<Record<string, string>>
}

/** SHA-256 of the whole content, hex. Import and studio use the same, so that equal content has an equal hash. */
export function contentHash({ source, itemsSource, files }: Content): string {
  return hashOf({ source, itemsSource, files })
}

/** SHA-256 of any JSON value, hex; the order of keys does not matter. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

// Changes single fields of a frontmatter and leaves every other line as its author wrote it.
import { isMap, parseDocument } from 'yaml'

const opening = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/

/** The lines between the dashes; empty if there are none. */
export const frontmatterOf = (source: string) => opening.exec(source)?.[1] ?? ''

/** The fields as far as they can be read. */
export function fieldsOf(frontmatter: string): Record<string, unknown> {
  const value = valueOf(frontmatter)
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

function valueOf(frontmatter: string): unknown {
  const document = parseDocument(frontmatter)
  if (document.errors.length > 0) return null
  try {
    // Aliases are refused at the door; here they must not blow up.
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    return null
  }
}

/** Whether withFields() can change it. */
export function canChange(frontmatter: string): boolean {
  const document = parseDocument(frontmatter)
  return document.errors.length === 0 && isMap(document.contents) && valueOf(frontmatter) !== null
}

/**
 * The frontmatter with some fields changed; `undefined` takes a field out. Fields that are the same already keep their
 * bytes, and so does a frontmatter that cannot be read.
 */
export function withFields(frontmatter: string, fields: Record<string, unknown>): string {
  const document = parseDocument(frontmatter)
  if (document.errors.length > 0 || !isMap(document.contents)) return frontmatter
  const before = fieldsOf(frontmatter)
  const changed = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  )
  if (changed.length === 0) return frontmatter
  for (const [name, value] of changed) {
    if (value === undefined) document.delete(name)
    else document.set(name, document.createNode(value))
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(/\n$/, '')
}

/** The source with some fields of its frontmatter changed. */
export function withMeta(source: string, fields: Record<string, unknown>): string {
  const found = opening.exec(source)
  if (!found) return source
  return `---\n${withFields(found[1] ?? '', fields)}\n---\n${source.slice(found[0].length)}`
}

// Puts addresses in place of file names in a drawn tree, so that a page needs nothing but the tree.
import type { Element, ElementContent, Root } from 'hast'

/** A stored file: its bytes' hash names it, so that its address never shows anything else. */
export type StoredMedia = { hash: string; extension: string; bytes: number }

/** Where a stored file is served. */
export function mediaAddress({ hash, extension }: Pick<StoredMedia, 'hash' | 'extension'>): string {
  return `/media/${hash}.${extension}`
}

/** The same tree with addresses. `files` holds every file that the tree names. */
export function placeMedia(tree: Root, files: ReadonlyMap<string, StoredMedia>): Root {
  return { ...tree, children: tree.children.map((child) => placeIn(child as ElementContent, files)) }
}

function placeIn(node: ElementContent, files: ReadonlyMap<string, StoredMedia>): ElementContent {
  if (node.type !== 'element') return node
  const children = node.children.map((child) => placeIn(child, files))
  return { ...node, properties: addressed(node, files), children }
}

const named: Record<string, readonly string[]> = {
  img: ['src'],
  'x-figure': ['src'],
  'x-audio': ['src'],
  'x-video': ['src', 'captions'],
  'x-attachment': ['src'],
}

function addressed(
  { tagName, properties }: Element,
  files: ReadonlyMap<string, StoredMedia>,
): Element['properties'] {
  const placed = { ...properties }
  for (const prop of named[tagName] ?? []) {
    const name = decodeURI(String(properties[prop]))
    const file = files.get(name)
    if (!file) throw new Error(`The tree names ${name}, which was not stored.`)
    placed[prop] = mediaAddress(file)
    // An attachment says its name and size before it is fetched.
    if (tagName === 'x-attachment') Object.assign(placed, { name, bytes: file.bytes })
  }
  return placed
}

// Which paragraph styles are headings: by their names, by the outline level that they set, or by the style they rest on.
import type { Xml } from '#assessment/exchange/xml.ts'
import type { WordParagraph } from '#studio/word/word-model.ts'

/** 0 for the title of the document, 1 to 9 for its headings, by the id of the style. */
export type HeadingLevels = ReadonlyMap<string, number>

type Style = { name: string; rests: string | undefined; outline: number | null }

const child = (node: Xml | undefined, name: string) => node?.children.find((one) => one.name === name)
const valueOf = (node: Xml | undefined, name: string) => child(node, name)?.attributes['val']

export function headingLevels(styles: Xml | null): HeadingLevels {
  const all = new Map(
    (styles?.children ?? [])
      .filter(({ name, attributes }) => name === 'style' && attributes['type'] === 'paragraph')
      .map((style): [string, Style] => [
        style.attributes['styleId'] ?? '',
        {
          name: valueOf(style, 'name') ?? '',
          rests: valueOf(style, 'basedOn'),
          outline: outlineOf(valueOf(child(style, 'pPr'), 'outlineLvl')),
        },
      ]),
  )
  const levels = [...all.keys()].map((id) => [id, levelIn(all, id)] as const)
  return new Map(levels.flatMap(([id, level]) => (level === null ? [] : [[id, level] as const])))
}

/** Outline level 9 says that it is body text. */
function outlineOf(value: string | undefined): number | null {
  return value !== undefined && /^[0-9]$/.test(value) ? Number(value) + 1 : null
}

function levelIn(all: ReadonlyMap<string, Style>, id: string): number | null {
  const seen = new Set<string>()
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = all.get(at)?.rests) {
    seen.add(at)
    const style = all.get(at)
    const level = style && (levelNamed(style.name) ?? style.outline)
    if (level !== null && level !== undefined) return level > 9 ? null : level
  }
  return null
}

function levelNamed(name: string): number | null {
  if (/^(?:title|标题)$/i.test(name.trim())) return 0
  const found = /^(?:heading|标题)\s*([1-9])$/i.exec(name.trim())?.[1]
  return found === undefined ? null : Number(found)
}

/** The level of a paragraph, or null. */
export const levelOf = (levels: HeadingLevels, { styleId, styleName }: WordParagraph): number | null =>
  levels.get(styleId ?? '') ?? levelNamed(styleName ?? '')

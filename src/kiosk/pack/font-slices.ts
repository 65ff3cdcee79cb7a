// Fonts of Chinese come in a hundred slices, each for some characters. A pack brings those of the characters that it shows.

const face = /@font-face\s*\{[^}]*\}/g

/** The characters of texts, each once. */
export function charactersIn(texts: readonly string[]): Set<number> {
  const codes = new Set<number>()
  for (const text of texts) for (const each of new Set(text)) codes.add(each.codePointAt(0) ?? 0)
  return codes
}

/** A style sheet without the faces of fonts that have none of these characters. */
export function withoutFonts(css: string, characters: ReadonlySet<number>): string {
  // Most ranges are single characters; to try every character on each would hold the process for long.
  const has = ([from, to]: [number, number]) =>
    from === to ? characters.has(from) : [...characters].some((code) => from <= code && code <= to)
  return css.replace(face, (rule) => {
    const [, ranges] = /unicode-range:\s*([^;}]+)/.exec(rule) ?? []
    if (ranges === undefined) return rule
    return ranges.split(',').map(rangeOf).some(has) ? rule : ''
  })
}

/** `U+4e00`, `U+4e00-4eff`, `U+4e??`. */
function rangeOf(text: string): [from: number, to: number] {
  const [from = '', to = from] = text.trim().replace(/^u\+/i, '').split('-')
  return [parseInt(from.replaceAll('?', '0'), 16), parseInt(to.replaceAll('?', 'f'), 16)]
}

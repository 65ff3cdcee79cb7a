// Which SVG drawings may be served: lines, shapes and words. An allowlist; what is not named is refused, so that
// a drawing opened on its own cannot run a script or load anything.

const elements: ReadonlySet<string> = new Set(
  `svg g defs title desc path rect circle ellipse line polyline polygon text tspan textPath
   linearGradient radialGradient stop clipPath mask pattern marker symbol use`.split(/\s+/),
)

// One token: a comment, the XML declaration, or a tag with quoted attributes.
const token =
  /<!--(?:[^-]|-(?!-))*-->|<\?xml [^?<>]*\?>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/gy
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** What is wrong with a drawing, as one Chinese sentence, or null. */
export function checkSvg(source: string): string | null {
  const text = source.replace(/^\uFEFF/, '').trim()
  if (!/^(?:<\?xml|<!--|<svg[\s>])/.test(text)) return '文件不是以 <svg> 开头。'
  let at = 0
  const named = new Named()
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next < 0) break
    token.lastIndex = next
    const match = token.exec(text)
    if (!match) return `有不能用的写法：${text.slice(next, next + 30)}`
    at = token.lastIndex
    const [whole, slash, name = '', attributes = ''] = match
    if (!name) continue
    const fault = checkTag(name, slash ? '' : attributes) ?? named.enter(whole, slash === '/', attributes)
    if (fault) return fault
  }
  return null
}

/**
 * Keeps a reference out of what can itself be referred to: a few hundred bytes of such a chain are drawn a billion times
 * and stop the reader's browser.
 */
class Named {
  /** For every open element, whether it or one around it has an id. */
  private readonly open: boolean[] = []
  private references = 0

  enter(whole: string, closes: boolean, attributes: string): string | null {
    if (closes) {
      this.open.pop()
      return null
    }
    const inside = this.open.at(-1) ?? false
    const refers = /href\s*=|url\s*\(/i.test(attributes)
    this.references += refers ? 1 : 0
    if (!whole.endsWith('/>')) this.open.push(inside || /\sid\s*=/.test(attributes))
    if (refers && inside) return '被引用的图形里面不能再引用别的图形，把它直接画出来。'
    return this.references > mostReferences ? `引用超过${mostReferences}处，把图画得简单些。` : null
  }
}
const mostReferences = 200

function checkTag(name: string, attributes: string): string | null {
  if (!elements.has(name)) return `不能有 <${name}> 元素。`
  for (const [, attributeName = '', double, single] of attributes.matchAll(attribute)) {
    const fault = checkAttribute(attributeName, double ?? single ?? '')
    if (fault) return fault
  }
  return null
}

function checkAttribute(name: string, value: string): string | null {
  const plain = name.toLowerCase()
  if (/^xmlns(:xlink)?$/.test(plain))
    return /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)$/.test(value)
      ? null
      : `不能有 ${name}="${value}"。`
  if (plain.includes(':') && !/^(?:xlink:href|xml:space|xml:lang)$/.test(plain))
    return `不能有 ${name} 属性。`
  if (plain.startsWith('on')) return `不能有 ${name} 属性。`
  if (plain === 'style') return '不能有 style 属性，改用 fill、stroke 等属性。'
  if (/(^|:)href$/.test(plain)) return /^#[\w-]+$/.test(value) ? null : `${name} 只能指向图里的 #名称。`
  // Character references could hide what follows; a drawing needs none in its attributes but the basic five.
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(value)) return `${name} 里有不能用的 & 写法。`
  if (/url\s*\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value))
    return `${name} 里的 url() 只能指向图里的 #名称。`
  return /javascript:|data:|@import|expression\s*\(/i.test(value) ? `${name} 里有不能用的内容。` : null
}

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
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next < 0) break
    token.lastIndex = next
    const match = token.exec(text)
    if (!match) return `有不能用的写法：${text.slice(next, next + 30)}`
    at = token.lastIndex
    const fault = match[2] ? checkTag(match[2], match[1] === '/' ? '' : (match[3] ?? '')) : null
    if (fault) return fault
  }
  return null
}

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

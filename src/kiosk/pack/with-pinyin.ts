// Writes the sounds above Chinese characters, as ruby; whatever is no Chinese character stays letter by letter.
import { pinyin } from 'pinyin-pro'
import { elementsIn, readHtml, writeHtml, type Node } from '#export/html.ts'

/** Text in these is not read, or is pinyin already. */
const left = new Set(['script', 'style', 'title', 'textarea', 'svg', 'ruby', 'summary', 'button', 'option'])
const runs = /\p{Script=Han}+/gu

/** HTML of our own with ruby on every run of Chinese. */
export const withPinyin = (html: string): string => writeHtml(readHtml(html).map(sound))

function sound(node: Node): Node {
  if (typeof node === 'string') return node.startsWith('<') ? node : node.replace(runs, ruby)
  const isLeft = left.has(node.name) || node.attributes.get('lang') === 'zh-Latn-pinyin'
  return isLeft ? node : { ...node, children: node.children.map(sound) }
}

/** A whole run at once, because many characters sound by their neighbours (长大, 长江). */
function ruby(run: string): string {
  const letters = [...run]
  const sounds = pinyin(run, { type: 'array', toneType: 'symbol' })
  // A rare character beyond what the dictionary knows may be counted otherwise: then every one for itself.
  const each = sounds.length === letters.length ? sounds : letters.map((letter) => pinyin(letter))
  return `<ruby>${letters.map((letter, i) => `${letter}<rt>${each[i] === letter ? '' : each[i]}</rt>`).join('')}</ruby>`
}

/** The first element with a class, as HTML. @throws Error if there is none. */
export function cutOut(page: string, name: string): string {
  for (const element of elementsIn(readHtml(page)))
    if (element.attributes.get('class')?.split(/\s+/).includes(name)) return writeHtml([element])
  throw new Error(`The page has no .${name}.`)
}

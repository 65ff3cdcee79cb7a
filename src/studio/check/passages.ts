// What is read in a text, block by block and sentence by sentence, with the spot in the source of every letter: so that
// a warning stands under the very words, whatever marks stand between them.
import type { Nodes, Root, RootContent } from 'mdast'
import { literalProps } from '#course/check-component.ts'
import { componentShape } from '#course/components.ts'
import { walk } from '#course/tree.ts'
import type { ComponentNode } from '#course/tree.ts'
import { simplify } from '#simplify.ts'

/** One block, or one prop of a component that is read. */
export type Passage = {
  /** Its words, each character in the form in which it is compared: simplified, half width, small letters. */
  text: string
  /** Offset in the source of each character of the text. */
  offsets: number[]
  /** The props of the Quote in which it stands; null outside of one. */
  quote: { work: string; attribution: string; variants: string } | null
}

/** One sentence of a passage: `from` and `to` count in the passage's text. */
export type Sentence = { passage: Passage; from: number; to: number; text: string }

/** Everything that is read, in reading order. @param source the normalised source of which the tree was made */
export function passagesOf(tree: Root, source: string): Passage[] {
  const passages: Passage[] = []
  for (const { node, above } of walk(tree)) {
    const holder = above.findLast((each) => each.type === 'mdxJsxFlowElement')
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell')
      passages.push(blockOf(node, holder?.name === 'Quote' ? holder : null, source))
    if (node.type === 'mdxJsxFlowElement' && node.name !== 'Quote') passages.push(...propsOf(node, source))
  }
  return passages.filter(({ text }) => text.trim() !== '')
}

/** The sentences of all passages in reading order; a classical quotation is one, however many full stops it has. */
export function sentencesOf(passages: readonly Passage[]): Sentence[] {
  return passages.flatMap((passage) => {
    if (passage.quote) return [{ passage, from: 0, to: passage.text.length, text: passage.text }]
    return [...passage.text.matchAll(/[^。！？!?]+[。！？!?]*[”’"」』）)]*/g)].map((match) => ({
      passage,
      from: match.index,
      to: match.index + match[0].length,
      text: match[0],
    }))
  })
}

/**
 * What stands around some words: their sentences, the one before and the one after, with what a Quote says of itself.
 * Names and cautions are looked for here: 孔子说 often stands just before the quotation, 这是误传 just after.
 */
export function around(sentences: readonly Sentence[], passage: Passage, from: number, to: number): string {
  const own = sentences.flatMap((each, index) =>
    each.passage === passage && each.from < to && each.to > from ? [index] : [],
  )
  const first = own[0] ?? 0
  const last = own.at(-1) ?? first
  return sentences
    .slice(Math.max(0, first - 1), last + 2)
    .map(({ text, passage: { quote } }) => (quote ? `${quote.work}${quote.variants}${text}` : text))
    .join('')
}

/** The stretch of the source in which a part of a passage stands. */
export function spanOf({ offsets }: Passage, from: number, to: number): [number, number] {
  const start = offsets[from] ?? 0
  return [start, (offsets[to - 1] ?? start) + 1]
}

/** Full or half width, traditional or simplified, capital or small: one form. No longer and no shorter. */
export function sameForm(text: string): string {
  return simplify(text).replace(/[\uff01-\uff5e\u3000A-Z]/g, (sign) => sign.normalize('NFKC').toLowerCase())
}

function blockOf(block: Nodes, quote: ComponentNode | null, source: string): Passage {
  const parts = [...walk({ type: 'root', children: [block as RootContent] })]
    .map(({ node }) => node)
    .filter((node) => node.type === 'text' || node.type === 'inlineCode')
    .map((node) =>
      align(node.value, node.position?.start.offset ?? block.position?.start.offset ?? 0, source),
    )
  const { work = '', attribution = '', variants = '' } = quote ? literalProps(quote) : {}
  return {
    text: parts.map(({ text }) => text).join(''),
    offsets: parts.flatMap(({ offsets }) => offsets),
    quote: quote && { work: sameForm(work), attribution, variants: sameForm(variants) },
  }
}

function propsOf(node: ComponentNode, source: string): Passage[] {
  const read = componentShape(node.name)?.read ?? []
  return node.attributes.flatMap((each) => {
    if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'string' || !read.includes(each.name))
      return []
    const start = (each.position ?? node.position)?.start.offset ?? 0
    return [{ ...align(each.value, start + each.name.length + 1, source), quote: null }]
  })
}

/** Each letter of a value with its offset: escapes, references and indentation make the source the longer of the two. */
function align(value: string, start: number, source: string): Pick<Passage, 'text' | 'offsets'> {
  const offsets: number[] = []
  let letters = ''
  let at = start
  for (const letter of value.split('')) {
    if (letter === '\n') continue
    // What is written as a reference (&amp;) does not stand in the source: it keeps the spot that was reached.
    at += Math.max(0, source.slice(at, at + 200).indexOf(letter))
    offsets.push(at)
    letters += letter
    if (source[at] === letter) at++
  }
  return { text: sameForm(letters), offsets }
}

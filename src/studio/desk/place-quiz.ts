// Puts the block of a check into the text, after the words that it asks about, and takes it out again.
import type { EditorNode } from '#studio/editor/document.ts'
import type { Text } from '#studio/desk/writing.ts'

const quiz = (id: string): EditorNode => ({
  type: 'component',
  attrs: { name: 'Quiz', props: [['item', id]] },
  content: [],
})

const isQuiz = (node: EditorNode, id: string) =>
  node.type === 'component' &&
  node.attrs?.['name'] === 'Quiz' &&
  JSON.stringify(node.attrs['props']) === JSON.stringify([['item', id]])

const plain = (words: string) => words.replace(/\s+/g, '')

const textOf = (node: EditorNode): string =>
  node.text ?? (node.content ?? []).map(textOf).join(node.type === 'paragraph' ? '' : '\n')

const point = /^([-*+]|\d+[.)]) /

/** The empty line behind the outermost block of a line: what stands in a list or a component is indented. */
function endOfBlock(lines: readonly string[], at: number): number {
  const inList = /^\s/.test(lines[at] ?? '') || point.test(lines[at] ?? '')
  const goesOn = (line = '') => /^(\s|<\/|$)/.test(line) || (inList && point.test(line))
  const end = lines.findIndex((line, i) => i > at && line === '' && !goesOn(lines[i + 1]))
  return end < 0 ? lines.length : end
}

const inserted = <One>(all: readonly One[], at: number, ...more: One[]) => [
  ...all.slice(0, at),
  ...more,
  ...all.slice(at),
]

/** After the block in which the passage stands; at the end if it stands nowhere. */
export function withQuiz(text: Text, id: string, passage: string): Text {
  if (text.type === 'source') {
    const lines = text.source.trimEnd().split('\n')
    const at = passage === '' ? -1 : lines.findIndex((line) => plain(line).includes(plain(passage)))
    const after = at < 0 ? lines.length : endOfBlock(lines, at)
    return { ...text, source: `${inserted(lines, after, '', `<Quiz item="${id}" />`).join('\n')}\n` }
  }
  const blocks = text.doc.content ?? []
  const at = passage === '' ? -1 : blocks.findIndex((block) => plain(textOf(block)).includes(plain(passage)))
  // Notes stand at the end of a text.
  const end = blocks.findIndex(({ type }) => type === 'footnoteDefinition' || type === 'definition')
  const after = at >= 0 ? at + 1 : end >= 0 ? end : blocks.length
  return { ...text, doc: { ...text.doc, content: inserted(blocks, after, quiz(id)) } }
}

/** The text without the block of a check. */
export function withoutQuiz(text: Text, id: string): Text {
  if (text.type === 'source') {
    const tag = new RegExp(`^[ \\t]*<Quiz item="${id}" */>[ \\t]*\\n?`, 'm')
    return { ...text, source: text.source.replace(tag, '') }
  }
  const without = (node: EditorNode): EditorNode =>
    node.content
      ? { ...node, content: node.content.filter((child) => !isQuiz(child, id)).map(without) }
      : node
  return { ...text, doc: without(text.doc) }
}

// What hands make in an editor and no file holds: it is saved as what was meant, and stays so when it is opened again.
import { expect, test } from 'vitest'
import { writeTree } from '#course/canonical.ts'
import { parseTree } from '#course/parse.ts'
import type { EditorNode } from '#studio/editor/document.ts'
import { fromDocument } from '#studio/editor/from-document.ts'
import { toDocument } from '#studio/editor/to-document.ts'

const text = (words: string, ...marks: string[]): EditorNode => ({
  ...{ type: 'text', text: words },
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
const p = (...content: EditorNode[]): EditorNode => ({ type: 'paragraph', content })
const line = (...marks: string[]): EditorNode => ({
  type: 'hardBreak',
  marks: marks.map((type) => ({ type })),
})
const note = (...content: EditorNode[]): EditorNode => ({
  ...{ type: 'component', attrs: { name: 'Note', props: [['title', '题']] } },
  content,
})
const list = (...items: EditorNode[][]): EditorNode => ({
  ...{ type: 'bulletList', attrs: { spread: false } },
  content: items.map((content) => ({ type: 'listItem', attrs: { checked: null, spread: false }, content })),
})

const saved = (...content: EditorNode[]) =>
  writeTree(fromDocument({ frontmatter: null, doc: { type: 'doc', content } }))

function opened(source: string): EditorNode[] {
  const parsed = parseTree(source, 'x')
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return toDocument(parsed.tree).doc.content ?? []
}

test.each<[string, string, EditorNode[]]>([
  ['empty lines between paragraphs', '甲\n\n乙\n', [p(text('甲')), p(), p(line()), p(text('乙')), p()]],
  ['a line end after the last word', '甲\n', [p(text('甲'), line(), line())]],
  [
    'a line end after bold words',
    '甲**乙**\\\n丙\n',
    [p(text('甲'), text('乙', 'bold'), line('bold'), text('丙'))],
  ],
  ['a line end within bold words', '**甲**\\\n**乙**\n', [p(text('甲', 'bold'), line(), text('乙', 'bold'))]],
  [
    'two paragraphs in one point of a list',
    '- 甲\n\n  乙\n- 丙\n',
    [list([p(text('甲')), p(text('乙'))], [p(text('丙'))])],
  ],
  ['a point that was begun and left', '- 甲\n-\n', [list([p(text('甲'))], [p()])]],
  ['an aside with nothing in it', '<Note title="题" />\n', [note(p())]],
  ['an aside that ends with an empty line', '<Note title="题">\n  甲\n</Note>\n', [note(p(text('甲')), p())]],
])('%s', (_, source, content) => {
  expect(saved(...content)).toBe(source)
  expect(saved(...opened(source))).toBe(source)
})

test('whatever looks like code is kept as words', () => {
  for (const words of [
    '# 甲',
    '- 甲',
    '<Note title="甲">',
    '{1+1}',
    'import 甲',
    '---',
    '[甲](javascript:1)',
    '  　甲',
  ]) {
    const [node] = opened(saved(p(text(words))))
    expect(node).toEqual(p(text(words)))
  }
})

test('wherever somebody may write there is a line to write on', () => {
  const empty = { type: 'paragraph' }
  expect(opened('')).toEqual([empty])
  expect(opened('<Note title="题" />\n')[0]?.content).toEqual([empty])
  expect(opened('-\n')[0]?.content?.[0]?.content).toEqual([empty])
  expect(opened('<Quiz item="itm-a" />\n')[0]?.content).toEqual([])
})

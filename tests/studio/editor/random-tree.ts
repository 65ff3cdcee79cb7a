// Made-up lessons: trees of anything that a lesson may hold.
import fc from 'fast-check'
import type { PhrasingContent, RootContent } from 'mdast'
import { canonical, writeTree } from '#course/canonical.ts'
import { checkTree } from '#course/check.ts'
import { parseTree } from '#course/parse.ts'

type Marked = { type: 'strong' | 'emphasis' | 'delete' | 'link'; children: PhrasingContent[] }

const words = fc
  .array(
    fc.constantFrom(
      ...[
        '廉',
        '注意：',
        '，',
        '“引”',
        '（一）',
        '。',
        'word',
        '3',
        '*',
        '_',
        '~',
        '`',
        '{',
        '<',
        '[',
        ']',
        '|',
        '\\',
        '#',
      ],
      ...['- ', '1. ', '> ', '&amp;', 'import ', '：//', 'http://a.cn', '\u3000', '𠮷', '\n'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''))
const text = words.map((value): PhrasingContent => ({ type: 'text', value }))
const code = words.map((value): PhrasingContent => ({
  type: 'inlineCode',
  value: value.replaceAll('\n', '') || '码',
}))
const { phrasing } = fc.letrec<{ phrasing: PhrasingContent[]; marked: Marked }>((tie) => ({
  phrasing: fc.array(
    fc.oneof(
      { maxDepth: 3, depthIdentifier: 'phrasing' },
      text,
      code,
      fc.constantFrom<PhrasingContent>(
        { type: 'image', url: 'a.png', alt: '图*上*有', title: '题' },
        { type: 'break' },
        { type: 'footnoteReference', identifier: 'a', label: 'a' },
      ),
      tie('marked') as fc.Arbitrary<PhrasingContent>,
    ),
    { minLength: 1, maxLength: 5 },
  ),
  marked: fc.record({
    type: fc.constantFrom('strong', 'emphasis', 'delete', 'link'),
    url: fc.constantFrom('/a', 'https://a.gov.cn/b?c=d&e'),
    title: fc.constantFrom(null, '题“目”'),
    children: tie('phrasing'),
  }) as fc.Arbitrary<Marked>,
}))

const paragraph = phrasing.map((children): RootContent => ({ type: 'paragraph', children }))
const heading = fc
  .tuple(fc.constantFrom(3 as const, 4 as const), words)
  .map(([depth, value]): RootContent => ({
    type: 'heading',
    depth,
    children: [{ type: 'text', value: `题${value.replaceAll('\n', '')}` }],
  }))
const cell = text.map((each) => ({ type: 'tableCell', children: [each] }))
const row = fc.tuple(cell, cell).map((children) => ({ type: 'tableRow', children }))
const table = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 3 }), fc.constantFrom(null, 'left', 'right', 'center'))
  .map(([children, side]) => ({ type: 'table', align: [side, null], children }) as RootContent)
const fence = fc
  .tuple(words, fc.constantFrom(null, 'text'))
  .map(([value, lang]): RootContent => ({ type: 'code', lang, value }))
const { block } = fc.letrec<{ block: RootContent; within: RootContent[] }>((tie) => ({
  within: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'block' },
    paragraph,
    heading,
    table,
    fence,
    fc.constant<RootContent>({ type: 'thematicBreak' }),
    tie('within').map((children) => ({ type: 'blockquote', children }) as RootContent),
    tie('within').map(
      (children) =>
        ({
          type: 'mdxJsxFlowElement',
          name: 'Note',
          attributes: [{ type: 'mdxJsxAttribute', name: 'title', value: '“好”&<"' }],
          children,
        }) as RootContent,
    ),
    fc
      .tuple(
        fc.array(tie('within'), { minLength: 1, maxLength: 3 }),
        fc.record({
          ordered: fc.boolean(),
          spread: fc.boolean(),
          start: fc.constantFrom(1, 3),
          checked: fc.constantFrom(null, true, false),
        }),
      )
      .map(
        ([items, { ordered, spread, start, checked }]) =>
          ({
            ...{ type: 'list', ordered, start: ordered ? start : null, spread },
            children: items.map((children) => ({ type: 'listItem', spread, checked, children })),
          }) as unknown as RootContent,
      ),
    tie('within').map(
      (children) => ({ type: 'footnoteDefinition', identifier: 'a', label: 'a', children }) as RootContent,
    ),
  ),
}))

/** Blocks of a lesson. */
export const randomBlocks = fc.array(block, { minLength: 1, maxLength: 4 })

/** A lesson of such blocks in canonical form; null if they cannot be written so that they are read and let through. */
export function lessonOf(children: RootContent[]): string | null {
  const first = canonical(`---\nid: a\n---\n\n${writeTree({ type: 'root', children })}`, 'x')
  if (first.type === 'refused') return null
  const once = canonical(first.source, 'x')
  if (once.type === 'refused' || once.source !== first.source) return null
  const parsed = parseTree(once.source, 'x')
  const isRefused =
    'problem' in parsed ||
    checkTree(parsed.tree, 'x').some(({ message }) => /\{|import|HTML|引用/.test(message))
  return isRefused ? null : once.source
}

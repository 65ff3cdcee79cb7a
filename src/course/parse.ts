// From the source of a lesson, story or case to its frontmatter and tree. Refuses what cannot be read; what may stand
// in the tree is check.ts's business.
import type { BlockContent, Paragraph, PhrasingContent, Root } from 'mdast'
import type { z } from 'astro/zod'
import { componentShape } from '#course/components.ts'
import { checkLimits } from '#course/limits.ts'
import { tidyMarks } from '#course/marks.ts'
import { profile } from '#course/profile.ts'
import { readYaml } from '#course/read-yaml.ts'
import type { Place, Problem } from '#course/problem.ts'
import type { ComponentNode, InlineTagNode } from '#course/tree.ts'

/** A source that could be read, or why not; the body may be readable where the frontmatter is not. */
export type Parsed<Meta> =
  | { type: 'parsed'; meta: Meta; tree: Root; place: (field: keyof Meta) => Place }
  | { type: 'refused'; problems: Problem[]; tree: Root | null }

/**
 * Reads frontmatter and body. Nothing of the source is run; time is bounded by limits.ts.
 * @param file what problems call the file
 * @param shape what its frontmatter must hold
 */
export function parseSource<Meta>(source: string, file: string, shape: z.ZodType<Meta>): Parsed<Meta> {
  const text = normalise(source)
  const problems = [...checkLimits(text, file), ...checkOpening(text, file)]
  if (problems.length > 0) return { type: 'refused', problems, tree: null }
  const parsed = parseTree(text, file)
  const head = readYaml(frontmatter(text), shape, file, { firstLine: 2, plain: true })
  if (head.type === 'refused' || 'problem' in parsed) {
    const heads = head.type === 'refused' ? head.problems : []
    return 'problem' in parsed
      ? { type: 'refused', problems: [...heads, parsed.problem], tree: null }
      : { type: 'refused', problems: heads, tree: parsed.tree }
  }
  return { type: 'parsed', meta: head.value, tree: parsed.tree, place: (field) => head.place([field]) }
}

/** Without byte order mark, with one kind of line ending. */
export function normalise(source: string): string {
  return source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
}

/** The body's tree, also of a source whose frontmatter is wrong; or the one problem at which reading stopped. */
export function parseTree(text: string, file: string): { tree: Root } | { problem: Problem } {
  try {
    return { tree: tidyMarks(unravel(profile.parse(text))) }
  } catch (error) {
    // The parser says by exception that tags do not fit together; anything else is a bug.
    if (!isSyntaxMessage(error)) throw error
    return { problem: { file, ...placeOfSyntax(error), ...explainSyntax(error) } }
  }
}

const opening = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/

function frontmatter(text: string): string {
  return opening.exec(text)?.[1] ?? ''
}

function checkOpening(text: string, file: string): Problem[] {
  const mend = '第一行只写三个连字符 ---，再写各项，最后一行也只写 ---。'
  const first = text.split('\n', 1)[0] ?? ''
  const at = { file, line: 1, column: 1, mend }
  if (/^---[ \t]*\S/.test(first) && !/^-+[ \t]*$/.test(first)) {
    return [{ ...at, message: `开头写成了“${first.slice(0, 20)}”，只能用 YAML。` }]
  }
  return opening.test(text) ? [] : [{ ...at, message: '开头没有课文的说明（frontmatter）。' }]
}

type SyntaxMessage = Error & { ruleId?: string; reason: string; line?: number; column?: number }

function isSyntaxMessage(error: unknown): error is SyntaxMessage {
  return error instanceof Error && 'reason' in error && 'ruleId' in error
}

const syntax: Record<string, { message: string; mend: string }> = {
  'end-tag-mismatch': {
    message: '组件的开头和结尾对不上。',
    mend: '每个 <名称 …> 都要有同名的 </名称>，没有内容的写成 <名称 … />。',
  },
  'unexpected-eof': {
    message: '标签或花括号没有写完。',
    mend: '补上 > 或 }；要显示 < 或 {，前面加反斜杠：\\< \\{。',
  },
  'unexpected-character': {
    message: '标签里有不该有的字符。',
    mend: '组件写成 <名称 属性="值" />，引号用英文引号；要显示小于号，写成 \\<。',
  },
  'unexpected-lazy': {
    message: '列表或引用里的组件，后面的行没有对齐。',
    mend: '把组件的每一行都缩进到同一处，或移到列表外面。',
  },
  'unexpected-closing-slash': { message: '多了一个结尾标签。', mend: '删去它，或在前面补上开头 <名称 …>。' },
  'unexpected-empty-expression': { message: '属性值是空的花括号。', mend: '把值写在英文引号里：属性="值"。' },
}
const otherSyntax = {
  message: '这里的标签写法有误。',
  mend: '组件写成 <名称 属性="值" /> 或 <名称>……</名称>。',
}

/** Of a tag that is never closed the parser gives the place only in its words: `… for `<Note>` (16:1-16:18)`. */
function placeOfSyntax({ line, column, reason }: SyntaxMessage): Place {
  const [, said = '1', at = '1'] = /\((\d+):(\d+)/.exec(reason) ?? []
  return { line: line ?? Number(said), column: column ?? Number(at) }
}

function explainSyntax(error: SyntaxMessage) {
  return syntax[error.ruleId ?? ''] ?? otherSyntax
}

/** `<Note>…</Note>` on one line is read as a tag in a sentence; a paragraph of only such tags means the blocks. */
function unravel(tree: Root): Root {
  const lift = (parent: Root | BlockContent | ComponentNode) => {
    if (!('children' in parent) || parent.type === 'paragraph') return
    const children: unknown[] = parent.children.flatMap((child) =>
      isTagParagraph(child) ? blocksOf(child) : [child],
    )
    parent.children = children as typeof parent.children
    for (const child of parent.children) lift(child as BlockContent)
  }
  lift(tree)
  return tree
}

function isTagParagraph(node: { type: string }): node is Paragraph {
  const isTag = (child: PhrasingContent) =>
    child.type === 'mdxJsxTextElement' && componentShape(child.name) !== null
  const isSpace = (child: PhrasingContent) => child.type === 'text' && child.value.trim() === ''
  if (node.type !== 'paragraph') return false
  const { children } = node as Paragraph
  return children.some(isTag) && children.every((child) => isTag(child) || isSpace(child))
}

function blocksOf(paragraph: Paragraph): ComponentNode[] {
  return paragraph.children
    .filter((child): child is InlineTagNode => child.type === 'mdxJsxTextElement')
    .map(({ children, ...tag }) => ({
      ...tag,
      type: 'mdxJsxFlowElement',
      children: blocksIn(children, tag.position),
    }))
}

/** Nested tags become blocks, sentences become paragraphs. */
function blocksIn(children: PhrasingContent[], position: Paragraph['position']): ComponentNode['children'] {
  if (children.length === 0) return []
  const paragraph: Paragraph = { type: 'paragraph', children, position }
  return isTagParagraph(paragraph) ? blocksOf(paragraph) : [paragraph]
}

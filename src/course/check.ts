// The allowlist: what may stand in the tree of a lesson. What is not named here is refused, so that nothing an
// author writes can run, load from elsewhere, or pose as another site.
import type { Nodes, Parents, Root } from 'mdast'
import { checkComponent } from '#course/check-component.ts'
import { checkLink } from '#course/check-link.ts'
import { imageExtensions, isFileName } from '#course/media.ts'
import { hiddenIn } from '#course/limits.ts'
import type { Problem } from '#course/problem.ts'
import { placeOf, walk } from '#course/tree.ts'

/** Levels of the tree; real lessons need about eight. */
export const deepest = 100

type Words = { message: string; mend: string }

const plain: ReadonlySet<string> = new Set([
  'root',
  'yaml',
  'paragraph',
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'code',
  'break',
  'list',
  'listItem',
  'blockquote',
  'thematicBreak',
  'table',
  'tableRow',
  'tableCell',
  'linkReference',
  'footnoteReference',
  'footnoteDefinition',
])

const braces: Words = {
  message: '这里有 {…} 表达式，课文里不能写程序。',
  mend: '删去它；要显示花括号，写成 \\{ 和 \\}。',
}
const refused: Record<string, Words> = {
  mdxFlowExpression: braces,
  mdxTextExpression: braces,
  mdxjsEsm: {
    message: '这里有 import 或 export，课文里不能写程序。',
    mend: '删去这一段；要写英文单词，别放在行首。',
  },
  html: { message: '课文里不能写 HTML。', mend: '改用 Markdown 写法或组件。' },
  imageReference: { message: '图片写成了引用。', mend: '直接写成 ![说明](文件名)。' },
}

/**
 * Everything in the tree that is not allowed, in reading order.
 * @param unfinished leaves out what only is not done yet, such as a heading without words, a component without its
 * content or in the wrong place, a picture without a description: an editor can hold that, and there it is mended.
 */
export function checkTree(tree: Root, file: string, unfinished = false): Problem[] {
  const problems: Problem[] = []
  for (const { node, above } of walk(tree)) {
    if (above.length > deepest) {
      return [
        {
          file,
          ...placeOf(node),
          message: `内容套了超过${deepest}层。`,
          mend: '减少列表、引用和组件的嵌套。',
        },
      ]
    }
    problems.push(...checkNode(node, above, file, unfinished), ...checkHidden(node, file))
  }
  return problems
}

function checkNode(node: Nodes, above: readonly Parents[], file: string, unfinished: boolean): Problem[] {
  if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
    return checkComponent(node, above, file, unfinished)
  }
  const words = wordsFor(node, above, unfinished)
  return words ? [{ file, ...placeOf(node), ...words }] : []
}

/** What limits.ts refuses in a source may also be written as a reference: `&#x202E;`. */
function checkHidden(node: Nodes, file: string): Problem[] {
  const props = 'attributes' in node ? node.attributes.map(({ value }) => value) : []
  for (const text of [...Object.values(node), ...props]) {
    const hidden = typeof text === 'string' ? hiddenIn(text) : null
    if (hidden) return [{ file, ...placeOf(node), message: hidden.message, mend: hidden.mend }]
  }
  return []
}

function wordsFor(node: Nodes, above: readonly Parents[], unfinished: boolean): Words | null {
  switch (node.type) {
    case 'heading':
      return unfinished ? null : checkHeading(node.depth, node.children.length, above.length)
    case 'link':
    case 'definition':
      return checkLink(node.url)
    case 'image':
      return checkImage(node.url, unfinished ? '…' : node.alt)
    default:
      if (plain.has(node.type)) return null
      return (
        refused[node.type] ?? {
          message: `不能用这种写法（${node.type}）。`,
          mend: '改用普通的 Markdown 写法。',
        }
      )
  }
}

function checkHeading(depth: number, length: number, level: number): Words | null {
  if (depth === 1) return { message: '正文里用了一级标题。', mend: '课名写在开头的 title，各节用 ## 标题。' }
  if (depth > 4) return { message: '标题的级数太多。', mend: '只用 ##、### 和 ####。' }
  if (length === 0) return { message: '标题是空的。', mend: '写上标题，或删去井号。' }
  // Sections are counted by these headings, so they must stand at the top.
  if (depth === 2 && level > 1)
    return { message: '## 标题放在了别的内容里面。', mend: '移到最外层，或改用 ###。' }
  return null
}

function checkImage(url: string, alt: string | null | undefined): Words | null {
  if (!isFileName(url, imageExtensions)) {
    const types = imageExtensions.map((each) => `.${each}`).join('、')
    return {
      message: `图片“${url.slice(0, 60)}”不能用。`,
      mend: `把图片放在课文旁边，只写文件名，以 ${types} 结尾。`,
    }
  }
  if (!alt?.trim()) return { message: '图片没有说明。', mend: '写成 ![图上有什么](文件名)，给看不见图的人。' }
  return null
}

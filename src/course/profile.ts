// The safe MDX profile: Markdown + GFM + frontmatter + JSX tags, with emphasis that works beside Chinese
// punctuation. One processor for reading and for the canonical form, so that both mean the same.
import { unified } from 'unified'
import remarkParse from 'remark-parse'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import type { Options } from 'remark-mdx'
import remarkCjkFriendly from 'remark-cjk-friendly'

/**
 * Stands where MDX expects a JavaScript parser. It reads nothing: whatever stands in braces, or after `import`,
 * becomes a node of the tree, which the check then refuses at its place. No author's code is ever even parsed.
 */
const unread = {
  parse: (input: string) => ({
    type: 'Program' as const,
    start: 0,
    end: input.length,
    body: [],
    sourceType: 'module' as const,
  }),
  parseExpressionAt: (input: string) => ({
    type: 'ObjectExpression' as const,
    start: 0,
    end: input.length,
    properties: [],
  }),
} satisfies Options['acorn']

/** Reads the profile (`parse`); with remark-stringify added it also writes it. */
export const profile = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkMdx, { acorn: unread, addResult: false })
  .use(remarkCjkFriendly)
  .freeze()

// The one way to write a lesson down (`npm run content:format`), so that changes show what was changed and no more.
import type { Root } from 'mdast'
import remarkStringify from 'remark-stringify'
import { checkLimits } from '#course/limits.ts'
import { normalise, parseTree } from '#course/parse.ts'
import { profile } from '#course/profile.ts'
import type { Problem } from '#course/problem.ts'

const writer = profile()
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '*',
    fences: true,
    listItemIndent: 'one',
    rule: '-',
    strong: '*',
    // A sentence may begin with these words; unescaped, MDX would read it as a program.
    unsafe: [
      { atBreak: true, character: 'e', after: 'xport\\s' },
      { atBreak: true, character: 'i', after: 'mport\\s' },
    ],
  })
  .freeze()

/** A tree as it is written down, frontmatter included. */
export const writeTree = (tree: Root): string => writer.stringify(tree)

/** A source in its canonical form, or why it cannot be read. */
export type Canonical = { type: 'written'; source: string } | { type: 'refused'; problems: Problem[] }

/**
 * Writes a lesson in its canonical form: written twice is the same as once, and what is drawn stays the same.
 * The frontmatter is kept as it is.
 */
export function canonical(source: string, file: string): Canonical {
  const text = normalise(source)
  const problems = checkLimits(text, file)
  if (problems.length > 0) return { type: 'refused', problems }
  const parsed = parseTree(text, file)
  if ('problem' in parsed) return { type: 'refused', problems: [parsed.problem] }
  return { type: 'written', source: writeTree(parsed.tree) }
}

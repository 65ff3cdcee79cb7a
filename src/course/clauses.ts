// A quotation by clauses: one to a line as its author wrote it, or cut after its punctuation.
import type { ComponentNode } from '#course/tree.ts'
import { cutClauses } from '#course/upright.ts'

/** The clauses of a `<Quote>` that has passed the check. */
export function clausesOf(quote: ComponentNode): string[] {
  const lines = quote.children.flatMap((child) =>
    child.type === 'paragraph'
      ? linesOf(child.children.map((each) => ('value' in each ? each.value : '\n')).join(''))
      : [],
  )
  return lines.length === 1 ? cutClauses(lines[0] ?? '') : lines
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

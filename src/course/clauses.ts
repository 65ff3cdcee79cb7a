// A quotation by clauses: one to a line as its author wrote it, or cut after its punctuation.
import type { ComponentNode } from '#course/tree.ts'
import { countHan } from '#course/sections.ts'

/** A quotation stands upright, a clause to a column, up to this size; a larger one would not fit a phone. */
export const upright = { han: 20, columns: 5, column: 10 } as const

/** The clauses of a `<Quote>` that has passed the check. */
export function clausesOf(quote: ComponentNode): string[] {
  const lines = quote.children.flatMap((child) =>
    child.type === 'paragraph'
      ? linesOf(child.children.map((each) => ('value' in each ? each.value : '\n')).join(''))
      : [],
  )
  return lines.length === 1 ? cut(lines[0] ?? '') : lines
}

/** True for a quotation short enough to stand upright. */
export function standsUpright(clauses: readonly string[]): boolean {
  const longest = Math.max(...clauses.map(countHan))
  return (
    countHan(clauses.join('')) <= upright.han &&
    clauses.length <= upright.columns &&
    longest <= upright.column
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Cuts after each pause, closing marks included. */
function cut(line: string): string[] {
  return line.match(/[^，。；：！？]*[，。；：！？]+[”’》」』）]*|[^，。；：！？]+$/gu) ?? [line]
}

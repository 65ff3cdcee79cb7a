// How words of a quotation are set: short ones upright, a clause to a column; a longer one would not fit a phone.
import { countHan } from '#course/han.ts'

/** A quotation stands upright, a clause to a column, up to this size. */
export const upright = { han: 20, columns: 5, column: 10 } as const

/** True for a quotation short enough to stand upright. */
export function standsUpright(clauses: readonly string[]): boolean {
  const longest = Math.max(...clauses.map(countHan))
  return (
    countHan(clauses.join('')) <= upright.han &&
    clauses.length <= upright.columns &&
    longest <= upright.column
  )
}

/** Cuts after each pause, closing marks included. */
export function cutClauses(line: string): string[] {
  return line.match(/[^，。；：！？]*[，。；：！？]+[”’》」』）]*|[^，。；：！？]+$/gu) ?? [line]
}

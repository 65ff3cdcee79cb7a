// What is wrong with a file that an author wrote, where, and how to mend it. Both sentences are read by people: Chinese.

/** One fault in a source file. Lines and columns count from 1. */
export type Problem = {
  /** Path below content/, or the name that the studio shows. */
  file: string
  line: number
  column: number
  /** What is wrong. */
  message: string
  /** What to do about it. */
  mend: string
}

/** A spot in a file, counted from 1. */
export type Place = { line: number; column: number }

/** The problem in one line, as the terminal and the studio print it. */
export function describeProblem(problem: Problem): string {
  return `${problem.file} 第${problem.line}行第${problem.column}列：${problem.message}${problem.mend}`
}

/** Puts problems in the order in which an author meets them. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
}

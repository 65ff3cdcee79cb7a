// How much of what a block of a lesson may hold at most (course/limits.ts) one takes, so that it can be parted in time.
import type { RootContent } from 'mdast'
import { writeTree } from '#course/canonical.ts'
import { limits, marks } from '#course/limits.ts'

/** Marks that a block holds at most; some are left for what the canonical form adds. */
export const mostMarks = limits.marksInBlock - 40

/** Marks in a block as it is written. */
export const marksIn = (block: RootContent): number =>
  (writeTree({ type: 'root', children: [block] }).match(marks) ?? []).length

// The last warnings and errors of the log, kept in memory so that /admin/status can show them. The same rule as for the
// log: nothing that says who did something.

/** A kind of trouble: what the log said, how often since the start, and when last. */
export type Trouble = { level: 'warn' | 'error'; says: string; why: string; times: number; at: string }

const mostKept = 50
const kept = new Map<string, Trouble>()
let errors = 0

/** Errors since the start. */
export const errorCount = () => errors

/** The latest kinds of trouble, newest first. */
export const troubles = (): Trouble[] => [...kept.values()].reverse()

/** Notes what goes to the log. `why` is the kind and code of an error, without its values. */
export function noteTrouble(level: Trouble['level'], says: string, why: string, at: string): void {
  if (level === 'error') errors += 1
  const key = `${level} ${says} ${why}`
  const times = (kept.get(key)?.times ?? 0) + 1
  kept.delete(key)
  kept.set(key, { level, says, why, times, at })
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '')
}

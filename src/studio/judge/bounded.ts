// Whether what a browser sent is small and shallow enough to be given to a thread at all.
import { Refusal } from '#refusal.ts'

/** Levels of JSON (two for each level of a document), values, and letters in all. */
const most = { depth: 320, values: 600_000, letters: 600_000 }

/**
 * Walks without calling itself: copying a value that is too deep would overflow the stack.
 * @throws Refusal
 */
export function requireBounded(sent: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: sent, depth: 1 }]
  let letters = 0
  for (let seen = 0, next = open.pop(); next; seen++, next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') letters += value.length
    if (depth > most.depth || letters > most.letters || seen + open.length > most.values)
      throw new Refusal(
        'too-large',
        '稿子里套得太深或太长，没有存。',
        '减少列表、引用和部件的嵌套，或分成几课。',
      )
    if (typeof value !== 'object' || value === null) continue
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 })
  }
}

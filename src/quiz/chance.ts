// Chance as an argument: whoever asks brings the numbers.

/** Numbers from 0 to 1 (1 left out), one after another. */
export type Random = () => number

/** One of a list. @throws Error if the list is empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new Error('There is nothing to pick from.')
  return list[Math.floor(random() * list.length)] as T
}

/** The list in any order, each as likely (Fisher and Yates). */
export function inAnyOrder<T>(random: Random, list: readonly T[]): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[all[i], all[j]] = [all[j] as T, all[i] as T]
  }
  return all
}

// Counting Chinese characters.

/** How many Chinese characters. */
export function countHan(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0
}

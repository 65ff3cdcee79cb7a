// The list of what could not be kept. Of one kind only the first are told one by one, so that the list stays readable.
import { cleanText } from '#studio/word/clean-text.ts'
import type { Loss } from '#studio/word/word-import.ts'

/** How many of one kind are told one by one. */
const told = 12

export class Losses {
  private readonly lists = new Map<string, Loss[]>()
  private last = ''

  /** Goes to the beginning of the document, for `where`. */
  begin() {
    this.last = ''
  }

  /** Where the next paragraph is: by its own words, or by those before it. */
  where(text: string): string {
    const words = excerpt(text)
    if (words !== '') this.last = words
    else return this.last === '' ? '文档开头' : `“${this.last}”的后面`
    return besides(words)
  }

  /**
   * @param kind by which they are counted, in Chinese: 批注.
   * @param what if more is to be said than the kind.
   */
  add(kind: string, where: string, mend: string, what = kind) {
    const list = this.lists.get(kind) ?? []
    this.lists.set(kind, list)
    list.push({ what, where, mend })
  }

  all(): Loss[] {
    return [...this.lists].flatMap(([kind, list]) => {
      const rest = list.length - told
      if (rest <= 0) return list
      const where = `其余${rest}处`
      return [...list.slice(0, told), { what: kind, where, mend: list[told]?.mend ?? '' }]
    })
  }
}

/** The opening words of something, for saying where it is. */
export function excerpt(text: string, most = 20): string {
  const words = cleanText(text).trim()
  const letters = [...words]
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : words
}

/** Where a paragraph is, by its opening words. */
export const besides = (text: string): string => `“${excerpt(text)}”这一段`

// Quotations whose book is not among the sources of the text: nobody can look them up.
import type { Root } from 'mdast'
import { literalProps } from '#course/check-component.ts'
import { componentsOf } from '#course/sections.ts'
import { adviceOn, brief } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'
import { says } from '#studio/check/letters.ts'

/** A source as far as a draft names it. */
export type NamedSource = { work?: string | undefined; place?: string | undefined; note?: string | undefined }

/** Quotes whose work is named in no source. The book is compared, not the chapter: 《后汉书·杨震列传》 is in 后汉书. */
export function adviseSources(tree: Root, source: string, sources: readonly NamedSource[]): Advice[] {
  const named = sources.map(({ work, place, note }) => [work, place, note].join(' ')).join(' ')
  return componentsOf(tree).flatMap((node) => {
    const { work = '' } = literalProps(node)
    const { start, end } = node.position ?? {}
    if (node.name !== 'Quote' || start?.offset === undefined || end?.offset === undefined) return []
    const books = [...work.matchAll(/《([^》·]+)/g)].map(([, title = '']) => title)
    if (books.length === 0 || says(named, books)) return []
    return [
      adviceOn(source, [start.offset, end.offset], {
        kind: 'source',
        message: `引了《${brief(books[0] ?? '')}》，开头的出处里没有这本书。`,
        mend: '在 sources 里补上书名和卷、篇，让人查得到。',
      }),
    ]
  })
}

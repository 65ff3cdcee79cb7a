// Finds the cases that are nearest to a situation told in somebody's own words. Pure, and runs in the browser: the
// words never leave the device. lunr weighs the words; conditions then move the order, and always say so.
import lunr from 'lunr'
import type { CaseCard } from '#course/case-finder/case-card.ts'
import { judgeConditions, type Conditions } from '#course/case-finder/case-conditions.ts'
import { lettersOf, segment } from '#search/segment.ts'
import { lettersMarked, markTold, type Part } from '#course/case-finder/told-parts.ts'

export type Asked = Conditions & { told: string }

/** A case that is near, why, and what differs. */
export type NearCase = {
  card: CaseCard
  /** Larger is nearer; compares the answers to one question, and says nothing beside another. */
  score: number
  /** What was told, as far as the case has it, with the matched words marked. */
  told: Part[]
  /** True if it shares no more than a word or two with what was told. */
  faint: boolean
  /** Conditions that agree, each a sentence. */
  fits: string[]
  /** What is not the same here, each a sentence. */
  differs: string[]
}

/**
 * How much a word weighs by where it stands. Single characters help the order, since people say 塌了 where the case
 * says 塌方, but they are no reason: a case that shares nothing else is not shown.
 */
const boosts = { spoken: 4, title: 3, summary: 2, topics: 2, text: 1, letters: 1 }
type Fields = Record<keyof typeof boosts, string[]>

const howMany = 3
const fewestLetters = 4

/** One segmenter for what is looked through and what is looked for. */
function fieldsOf({ title, summary, text, spoken, topics }: CaseCard): Fields {
  const told = spoken.join('\n')
  return {
    spoken: segment(told),
    title: segment(title),
    summary: segment(summary),
    topics: segment(topics.join('\n')),
    text: segment(text),
    letters: lettersOf([title, summary, told].join('\n')),
  }
}

/** A builder that is not lunr()'s: it has no English stemmer and stop words, and takes words already cut. */
function indexOf(cards: CaseCard[]): lunr.Index {
  const builder = new lunr.Builder()
  const words = (cut: unknown) => (cut as string[]).map((word) => new lunr.Token(word, {}))
  builder.tokenizer = Object.assign(words, { separator: /\s/ })
  builder.ref('slug')
  for (const [field, boost] of Object.entries(boosts)) builder.field(field, { boost })
  for (const card of cards) builder.add({ slug: card.slug, ...fieldsOf(card) })
  return builder.build()
}

type Found = { slug: string; score: number; words: ReadonlySet<string> }

/** Cases that share words with what was told. */
function look(index: lunr.Index, told: string): Found[] {
  const words = new Set(segment(told))
  if (words.size === 0) return []
  const found = index.query((query) => {
    for (const term of new Set([...words, ...lettersOf(told)])) query.term(term, {})
  })
  return found
    .map(({ ref, score, matchData }) => {
      const shared = Object.keys(matchData.metadata).filter((term) => words.has(term))
      return { slug: ref, score, words: new Set(shared) }
    })
    .filter((each) => each.words.size > 0)
}

/**
 * Makes a finder over cases; the index is built once. It answers with at most three cases, the nearest first, and with
 * none if no case shares a word with what was told.
 */
export function caseFinder(cards: CaseCard[]): (asked: Asked) => NearCase[] {
  const index = indexOf(cards)
  const bySlug = new Map(cards.map((card) => [card.slug, card]))

  const weigh = (found: Found, conditions: Conditions) => {
    const card = bySlug.get(found.slug)
    if (!card) return []
    const { factor, fits, differs } = judgeConditions(card, conditions)
    return [{ card, score: found.score * factor, fits, differs, words: found.words }]
  }

  return ({ told, ...conditions }) =>
    look(index, told)
      .flatMap((found) => weigh(found, conditions))
      .sort((a, b) => b.score - a.score)
      .slice(0, howMany)
      .map(({ words, ...near }) => {
        const parts = markTold(told, words)
        return { ...near, told: parts, faint: lettersMarked(parts) < fewestLetters }
      })
}

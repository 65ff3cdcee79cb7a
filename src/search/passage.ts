// The few lines of a text that answer a query, with what was asked for marked in them.
import { hitsIn, worthOf, type Hit, type Wanted } from '#search/hits.ts'

/** Of a section so much is looked at for its passage: the work grows with the square of it. */
const [mostRead, mostHits] = [8_000, 200]

/** A piece of text; pages put marked ones into <mark>. */
export type Part = { text: string; marked: boolean }

export type Section = { id: string; title: string; text: string }

/** A passage, the section that it stands in, and the tokens that both hold. */
export type Passage = { section: Section; parts: Part[]; tokens: string[] }

/** Characters of a passage: it ends with a sentence once it is long enough, and before it is too long. */
const [enough, longest] = [60, 90]

/** The window of neighbouring sentences, in all sections, that holds most of what is wanted; null if none holds any. */
export function bestPassage(sections: readonly Section[], wanted: Wanted): Passage | null {
  let best: { section: Section; window: Window } | null = null
  for (const section of sections) {
    const window = bestWindow(section, wanted)
    if (window && window.worth > (best?.window.worth ?? 0)) best = { section, window }
  }
  if (!best) return null
  const { section, window } = best
  return { section, parts: partsOf(section.text, window), tokens: window.tokens }
}

/** A whole text with what is wanted marked. */
export function markParts(text: string, wanted: Wanted): Part[] {
  return splitAt(text, 0, text.length, hitsIn(text, wanted))
}

/** Parts as one string. */
export const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join('')

type Window = { from: number; to: number; hits: Hit[]; tokens: string[]; worth: number }

/** The section's heading counts as well: it stands above the passage. */
function bestWindow({ title, text: whole }: Section, wanted: Wanted): Window | null {
  const text = whole.slice(0, mostRead)
  const hits = hitsIn(text, wanted).slice(0, mostHits)
  if (hits.length === 0) return null
  const begin = text.startsWith(`${title}\n`) ? title.length + 1 : 0
  const inHeading = hits.filter((hit) => hit.to <= begin)
  const windows = spansOf(text, begin, hits).map(([from, to]): Window => {
    const held = hits.filter((hit) => hit.from >= from && hit.to <= to)
    const tokens = [...inHeading, ...held].map(({ token }) => token)
    return { from, to, hits: held, tokens, worth: worthOf(tokens, wanted) }
  })
  return windows.reduce((best, one) => (one.worth > best.worth ? one : best))
}

/** A span of whole sentences from every sentence that holds a hit, or else the beginning. */
function spansOf(text: string, begin: number, hits: readonly Hit[]): [number, number][] {
  const ends = endsOf(text).filter((end) => end > begin)
  const starts = [begin, ...ends.slice(0, -1)]
  const withHit = starts.filter((from, i) =>
    hits.some((hit) => hit.from >= from && hit.from < (ends[i] ?? from)),
  )
  return (withHit.length > 0 ? withHit : [begin]).map((from) => {
    const to = endAfter(from, ends)
    return [startBefore(from, to, starts), to]
  })
}

/** Where sentences end; those that are too long for a passage end at their clauses too, or else anywhere. */
function endsOf(text: string): number[] {
  const signs = text.matchAll(/[。！？；\n]+[”’」』）]*\n*|$/g)
  const sentences = [...signs].map(({ 0: sign, index }) => index + sign.length)
  const clauses = refine(sentences, (from, to) =>
    [...text.slice(from, to).matchAll(/[，：、]/g)].map(({ index }) => from + index + 1),
  )
  return refine(clauses, (from, to) =>
    Array.from({ length: Math.ceil((to - from) / enough) - 1 }, (_, i) => from + (i + 1) * enough),
  )
}

/** The ends, and between two that are too far apart those that `steps` finds. */
function refine(ends: readonly number[], steps: (from: number, to: number) => number[]): number[] {
  const all = ends.flatMap((end, i) => {
    const from = ends[i - 1] ?? 0
    return end - from > longest ? [...steps(from, end), end] : [end]
  })
  return [...new Set(all)]
}

/** At the end of a sentence if one is at hand; rather in the middle of one than after a few words. */
function endAfter(from: number, ends: readonly number[]): number {
  const within = ends.filter((end) => end > from && end - from <= longest)
  const good =
    within.find((end) => end - from >= enough) ?? within.findLast((end) => end - from >= enough / 2)
  return good ?? Math.min(from + longest, ends.at(-1) ?? from)
}

/** The last sentences of a section are read with what stands before them. */
function startBefore(from: number, to: number, starts: readonly number[]): number {
  if (to - from >= enough) return from
  return starts.find((start) => start <= from && to - start <= longest) ?? from
}

/** Dots stand where a sentence was cut. */
function partsOf(text: string, { from, to, hits }: Window): Part[] {
  const whole = /(^|[。！？；\n][”’」』）]*)$/
  const dots = (cut: boolean): Part[] => (cut ? [{ text: '……', marked: false }] : [])
  const [before, after] = [text.slice(0, from), text.slice(0, to)]
  return [
    ...dots(!whole.test(before)),
    ...splitAt(text, from, to, hits),
    ...dots(to < text.length && !whole.test(after)),
  ]
}

function splitAt(text: string, from: number, to: number, hits: readonly Hit[]): Part[] {
  const edges = [...marksOf(hits).flatMap((mark) => [mark.from, mark.to]), to]
  const parts = edges.map((edge, i) => ({
    text: oneLine(text.slice(edges[i - 1] ?? from, edge)),
    marked: i % 2 === 1,
  }))
  return parts.filter((part) => part.text !== '')
}

/** Verses and headings end without a sign; on one line they are parted by a space. */
const oneLine = (text: string) => text.replace(/(?<=\p{P})\s*\n+|\s*\n+$/gu, '').replace(/\s*\n+/g, '　')

/** Hits that touch or overlap are one mark. */
function marksOf(hits: readonly Hit[]): { from: number; to: number }[] {
  const marks: { from: number; to: number }[] = []
  for (const { from, to } of hits) {
    const last = marks.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else marks.push({ from, to })
  }
  return marks
}

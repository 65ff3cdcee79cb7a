// The few lines of a text that answer a query, with what was asked for marked in them.
import { hitsIn, type Hit, type Wanted } from '#search/hits.ts'

/** A piece of text; pages put marked ones into <mark>. */
export type Part = { text: string; marked: boolean }

export type Section = { id: string; title: string; text: string }

/** A passage and the section that it stands in. */
export type Passage = { section: Section; parts: Part[] }

/** Characters of a passage: it ends with a sentence once it is long enough, and before it is too long. */
const [enough, longest] = [60, 90]

/** The window of neighbouring sentences, in all sections, that holds most of what is wanted; null if none holds any. */
export function bestPassage(sections: readonly Section[], wanted: Wanted): Passage | null {
  let best: { section: Section; window: Window } | null = null
  for (const section of sections) {
    const window = bestWindow(section, wanted)
    if (window && window.worth > (best?.window.worth ?? 0)) best = { section, window }
  }
  return best && { section: best.section, parts: partsOf(best.section.text, best.window) }
}

/** A whole text with what is wanted marked. */
export function markParts(text: string, wanted: Wanted): Part[] {
  return splitAt(text, 0, text.length, hitsIn(text, wanted))
}

type Window = { from: number; to: number; worth: number; hits: Hit[] }

function bestWindow({ title, text }: Section, wanted: Wanted): Window | null {
  const hits = hitsIn(text, wanted)
  if (hits.length === 0) return null
  const ends = endsOf(text)
  // The first line of a section is its heading, which stands above the passage anyhow.
  const begin = text.startsWith(`${title}\n`) ? title.length + 1 : 0
  const starts = [begin, ...ends.filter((end) => end > begin && end < text.length)]
  const windows = starts.map((from) => {
    const to = endAfter(from, ends)
    const held = hits.filter((hit) => hit.from >= from && hit.to <= to)
    return { from, to, hits: held, worth: worthOf(held, wanted) }
  })
  return windows.reduce((best, one) => (one.worth > best.worth ? one : best))
}

/** Where sentences end; those that are too long for a passage end at their clauses too, and those at every place. */
function endsOf(text: string): number[] {
  const ends = [...text.matchAll(/[。！？；\n]+[”’」』）]*\n*|$/g)].map(({ 0: sign, index }) => index + sign.length)
  return ends.flatMap((end, i) => [...stepsIn(text, ends[i - 1] ?? 0, end), end])
}

function stepsIn(text: string, from: number, to: number): number[] {
  if (to - from <= longest) return []
  const clauses = [...text.slice(from, to).matchAll(/[，：、]/g)].map(({ index }) => from + index + 1)
  const even = Array.from({ length: Math.ceil((to - from) / enough) - 1 }, (_, i) => from + (i + 1) * enough)
  return clauses.length > 0 ? clauses : even
}

function endAfter(from: number, ends: readonly number[]): number {
  const within = ends.filter((end) => end > from && end - from <= longest)
  return within.find((end) => end - from >= enough) ?? within.at(-1) ?? Math.min(from + longest, ends.at(-1) ?? from)
}

function worthOf(hits: readonly Hit[], wanted: Wanted): number {
  const tokens = new Set(hits.map(({ token }) => token))
  return [...tokens].reduce((sum, token) => sum + (wanted.get(token) ?? 0), 0)
}

/** Dots stand where a sentence was cut. */
function partsOf(text: string, { from, to, hits }: Window): Part[] {
  const whole = /(^|[。！？；\n][”’」』）]*)$/
  const [before, after] = [whole.test(text.slice(0, from)), to === text.length || whole.test(text.slice(0, to))]
  const dots: Part = { text: '……', marked: false }
  const parts = splitAt(text, from, to, hits)
  return [...(before ? [] : [dots]), ...parts, ...(after ? [] : [dots])]
}

function splitAt(text: string, from: number, to: number, hits: readonly Hit[]): Part[] {
  const edges = [...marksOf(hits).flatMap((mark) => [mark.from, mark.to]), to]
  let at = from
  const parts = edges.map((edge, i) => {
    const part = { text: oneLine(text.slice(at, edge)), marked: i % 2 === 1 }
    at = edge
    return part
  })
  return parts.filter((part) => part.text !== '')
}

/** Verses and headings end without a sign; on one line they are parted by a space. */
const oneLine = (text: string) => text.replace(/(?<=\p{P})\n+|\n+$/gu, '').replace(/\n+/g, '　')

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

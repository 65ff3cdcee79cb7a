// Where the readers of a lesson stop: how many came to each section, and which was the last for those who did not finish.
import { joinSmall, leastShown } from '#studio/readers/hide-small.ts'

/** So many readers with the same sections seen, and whether they finished the lesson. */
export type Pattern = { sections: readonly string[]; done: boolean; readers: number }

/** Sections that are told as one, because fewer than five readers stopped in each. */
export type Stretch = {
  /** Places of its first and last section, from 0, and their titles. */
  from: number
  to: number
  titles: [first: string, last: string]
  /** Readers who came as far as this. */
  came: number
  /** Of these those who went no further and did not finish; null where they are told together with the finishers. */
  stopped: number | null
}

export type Stops = {
  readers: number
  stretches: Stretch[]
  /** Readers who finished; null where that is told together with the last stretch. */
  done: number | null
}

/**
 * A reader has come as far as the furthest section that he saw; who saw none stopped at the first. Stops and finishes are
 * one partition of the readers, and small cells are joined with their neighbours, so nothing else can be computed.
 * @param sections in order
 * @returns null with fewer than five readers.
 */
export function whereReadersStop(
  sections: readonly { id: string; title: string }[],
  patterns: readonly Pattern[],
): Stops | null {
  const readers = patterns.reduce((sum, one) => sum + one.readers, 0)
  if (readers < leastShown || sections.length === 0) return null
  const end = sections.length
  const places = new Map(sections.map(({ id }, at) => [id, at]))
  const counts = Array.from({ length: end + 1 }, () => 0)
  for (const { sections: seen, done, readers: own } of patterns) {
    const at = done ? end : Math.max(0, ...seen.map((id) => places.get(id) ?? 0))
    counts[at] = (counts[at] ?? 0) + own
  }
  const runs = joinSmall(counts)
  let came = readers
  const stretches = runs
    .filter(({ from }) => from < end)
    .map(({ from, to: last, count }): Stretch => {
      const to = Math.min(last, end - 1)
      const titles: Stretch['titles'] = [sections[from]?.title ?? '', sections[to]?.title ?? '']
      const stretch = { from, to, titles, came, stopped: last === end ? null : count }
      came -= count
      return stretch
    })
  return { readers, stretches, done: runs.at(-1)?.from === end ? came : null }
}

/** The sections of a stretch: 第二节“……”, or 第2到第3节. */
export const sayStretch = ({ from, to }: Pick<Stretch, 'from' | 'to'>) =>
  from === to ? `第${from + 1}节` : `第${from + 1}到第${to + 1}节`

/** From this share of the readers on a stop is a sign that something is wrong there. */
export const manyStop = 0.3

/** The stretch in which most readers stop, if those are many. */
export function worstStop({ readers, stretches }: Stops): { stretch: Stretch; share: number } | null {
  const worst = stretches
    .map((stretch) => ({ stretch, share: (stretch.stopped ?? 0) / readers }))
    .reduce<{ stretch: Stretch; share: number } | null>((a, b) => (a && a.share >= b.share ? a : b), null)
  return worst && worst.share >= manyStop ? worst : null
}

// Where the marks of a small picture of twelve months stand: a dot for a share, a bar where only its end is said. Pure.
import type { HealthMonth } from '#plan/health/say-health.ts'

/** In units of the picture. */
export const frame = { width: 180, height: 60, edge: 7 } as const
const months = 12

const yOf = (percent: number) =>
  Math.round((frame.height - frame.edge - (percent / 100) * (frame.height - 2 * frame.edge)) * 10) / 10

/** Where the shares lie beyond which no figure is said. */
export const ends = [yOf(80), yOf(20)] as const

export type Mark =
  | { type: 'dot'; x: number; y: number; last: boolean }
  /** From one height to another. */
  | { type: 'bar'; x: number; top: number; low: number; last: boolean }
  | { type: 'closed'; x: number; y: number }

/** How many months lie between two first days of months. */
const between = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** Marks of the last twelve months, the last at the right edge, and lines between dots that follow one another. */
export function marksOf(series: readonly HealthMonth[]): { marks: Mark[]; line: string } {
  const lastOn = series.at(-1)?.on ?? ''
  const step = (frame.width - 2 * frame.edge) / (months - 1)
  const marks = series.flatMap(({ on, share }): Mark[] => {
    const back = between(on, lastOn)
    if (back >= months) return []
    const x = Math.round((frame.width - frame.edge - back * step) * 10) / 10
    const last = on === lastOn
    if (!share) return [{ type: 'closed', x, y: yOf(50) }]
    if (share.type === 'percent') return [{ type: 'dot', x, y: yOf(share.percent), last }]
    const [from, to] = share.type === 'high' ? [80, 100] : [0, 20]
    return [{ type: 'bar', x, top: yOf(to), low: yOf(from), last }]
  })
  const line = marks
    .map((mark, i) => {
      const before = marks[i - 1]
      return mark.type === 'dot' && before?.type === 'dot'
        ? `M${before.x} ${before.y}L${mark.x} ${mark.y}`
        : ''
    })
    .join('')
  return { marks, line }
}

import { describe, expect, test } from 'vitest'
import {
  noticeOf,
  saySeries,
  sayTrend,
  shareWord,
  sumUp,
  type HealthFigure,
  type HealthMonth,
} from '#plan/health/say-health.ts'
import { ends, frame, marksOf } from '#plan/health/spark.ts'
import type { Shown } from '#record/capability/unit/cell.ts'

const percent = (value: number): Shown => ({ type: 'percent', percent: value })
const high: Shown = { type: 'high' }
const low: Shown = { type: 'low' }

/** Shares of the months up to November 2026, of forty people. */
const months = (...shares: (Shown | null)[]): HealthMonth[] =>
  shares.map((share, i) => {
    const at = 2026 * 12 + 10 - (shares.length - 1 - i)
    const on = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
    return { on, share, people: share && 40 }
  })

describe('how a figure is said', () => {
  test('nearly all and hardly any have one word each', () => {
    expect([percent(64), high, low].map(shareWord)).toEqual(['64%', '80%以上', '20%以下'])
  })

  test.each([
    [
      'three months before is what is compared',
      months(percent(30), percent(70), percent(40), percent(41), percent(55)),
      '比2026年8月（70%）低了15个百分点，这段时间人员也有进出。',
    ],
    [
      'the nearest that is known',
      months(percent(40), percent(55)),
      '比2026年10月（40%）高了15个百分点，这段时间人员也有进出。',
    ],
    [
      'one that is not open is passed over',
      months(null, percent(41), percent(44), percent(55)),
      '比2026年9月（41%）高了14个百分点，这段时间人员也有进出。',
    ],
    ['hardly anything', months(percent(50), percent(41)), '和2026年10月（50%）差不多。'],
    ['always at the top', months(high, high), '2026年10月也在80%以上。'],
    ['from the top', months(high, percent(70)), '2026年10月是80%以上。'],
    ['the first month', months(percent(50)), '还没有更早的数可比。'],
    ['not open', months(percent(50), null), '这一项涉及的不足5人，或为保护他人隐去，不代表低。'],
  ])('its trend: %s', (_, series, said) => {
    expect(sayTrend(series)).toBe(said)
  })

  test('of few people a step is not called a change: two of them make it', () => {
    const few = (from: number, to: number) =>
      months(percent(from), percent(to)).map((one) => ({ ...one, people: 8 }))
    expect(sayTrend(few(50, 63))).toContain('差不多')
    expect(sayTrend(few(38, 63))).toContain('高了25个百分点')
  })

  test.each([
    ['hardly anybody', months(low), 'look'],
    ['falling', months(percent(75), percent(60)), 'look'],
    ['at the top', months(high), 'well'],
    ['more than half', months(percent(60)), 'on'],
    ['less', months(percent(45), percent(45)), 'on'],
  ] as const)('what to look at: %s', (_, series, kind) => {
    expect(noticeOf(series)?.kind).toBe(kind)
  })

  test('a half is not called more than a half', () => {
    expect(noticeOf(months(percent(50), percent(50)))?.words).toBe('一半以上')
    expect(noticeOf(months(percent(49), percent(49)))?.words).toBe('不到一半')
  })

  test('of what is not open nothing is noticed', () => {
    expect(noticeOf(months(percent(40), null))).toBe(null)
    expect(noticeOf([])).toBe(null)
  })

  test('in a few words each figure stands under what is noticed of it, what is not open last', () => {
    const figure = (name: string, of: HealthMonth[]): HealthFigure => ({
      ...{ id: 'measured', name, means: '' },
      months: of,
    })
    const figures = [
      figure('近期在学', months(percent(50), null)),
      figure('证据不旧', months(high)),
      figure('测得够宽', months(percent(30))),
      figure('短板没放着', months(high)),
    ]
    expect(sumUp(figures)).toBe(
      '多数人都做到了：证据不旧、短板没放着。不到一半：测得够宽。不打开：近期在学。',
    )
  })

  test('who does not see the picture hears every month', () => {
    expect(saySeries('近期在学', months(percent(40), null, high))).toBe(
      '近期在学：2026年9月40%，2026年10月不打开，2026年11月80%以上。',
    )
  })
})

describe('the picture', () => {
  test('the last month stands at the right edge, each month at the same step, more in the picture is higher', () => {
    const { marks } = marksOf(months(percent(30), percent(60), percent(0)))
    expect(marks.map(({ x }) => x)).toEqual([142.8, 157.9, 173])
    const ys = marks.map((mark) => (mark.type === 'dot' ? mark.y : NaN))
    expect(ys[1]!).toBeLessThan(ys[0]!)
    expect(ys[2]).toBe(frame.height - frame.edge)
    expect(marks.map((mark) => 'last' in mark && mark.last)).toEqual([false, false, true])
  })

  test('an end is drawn as all that it may be, never as a point', () => {
    const { marks, line } = marksOf(months(percent(50), high, low, percent(50)))
    expect(marks[1]).toMatchObject({ type: 'bar', top: frame.edge, low: ends[0] })
    expect(marks[2]).toMatchObject({ type: 'bar', top: ends[1], low: frame.height - frame.edge })
    expect(line).toBe('')
  })

  test('what is not open is neither high nor low, and no line leads through it', () => {
    const { marks, line } = marksOf(months(percent(50), null, percent(50), percent(60)))
    expect(marks[1]!.type).toBe('closed')
    expect(line.match(/M/g)).toHaveLength(1)
  })

  test('a month that was never noted leaves its place free; what is older than a year is left out', () => {
    const [first, second] = months(percent(50), percent(60))
    const gap = [{ ...first!, on: '2026-05-01' }, second!]
    expect(marksOf(gap).marks[0]!.x).toBeCloseTo(173 - 6 * (166 / 11), 0)
    expect(marksOf([{ ...first!, on: '2025-11-01' }, second!]).marks).toHaveLength(1)
    expect(marksOf([]).marks).toEqual([])
  })
})

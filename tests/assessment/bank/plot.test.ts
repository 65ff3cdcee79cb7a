import { expect, test } from 'vitest'
import { curveOf, frame, pathOf, pointOf, signsOf, traceOf, xOf, yOf } from '#assessment/bank/plot.ts'

const group = { theta: 0, answers: 100, share: 0.5, chosen: [0.5, 0.25] }

test('the average person stands in the middle, all points at the top', () => {
  expect(xOf(0)).toBe((frame.left + frame.width - frame.right) / 2)
  expect(yOf(1)).toBe(frame.top)
  expect(yOf(0)).toBe(frame.height - frame.bottom)
})

test('the curve rises from what guessing gets to all points, half way between them at the difficulty', () => {
  const points = [...curveOf({ a: 1.5, b: 0, c: 0.2 }).matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ])
  const heights = points.map(([, y]) => y ?? 0)
  expect(heights.every((y, at) => at === 0 || y <= (heights[at - 1] ?? 0))).toBe(true)
  expect(heights[30]).toBe(yOf(0.6))
  expect(points[0]?.[0]).toBe(frame.left)
  expect(points.at(-1)?.[0]).toBe(frame.width - frame.right)
})

test('a group is drawn with twice the error that its number leaves, never beyond none and all', () => {
  expect(pointOf(group)).toEqual({ x: xOf(0), y: yOf(0.5), top: yOf(0.6), low: yOf(0.4) })
  expect(pointOf({ ...group, share: 0.99, answers: 10 }).top).toBe(frame.top)
})

test('an option is followed through the groups; one that nobody chose lies at the bottom', () => {
  expect(traceOf([group], 1)).toEqual([[xOf(0), yOf(0.25)]])
  expect(traceOf([group], 7)).toEqual([[xOf(0), yOf(0)]])
  expect(
    pathOf([
      [1, 2],
      [3, 4],
    ]),
  ).toBe('M1 2L3 4')
})

test('options that as many chose are named side by side, the others where they are', () => {
  const line = (sign: string, y: number) => ({ sign, points: [[100, y]] as [number, number][] })
  const placed = signsOf([line('A', 50), line('C', 224), line('D', 224)]).map(({ sign, x, y }) => [
    sign,
    x,
    y,
  ])
  expect(placed).toEqual([
    ['A', 100, 50],
    ['C', 93, 224],
    ['D', 107, 224],
  ])
})

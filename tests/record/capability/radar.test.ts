import { expect, test } from 'vitest'
import { believe, type Belief } from '#record/capability/belief.ts'
import { drawMap } from '#record/capability/map.ts'
import { CapabilityModel, indicatorsOf } from '#record/capability/model.ts'
import { labelLine, radarOf, radius, wrapName } from '#record/capability/radar.ts'
import { sampleModel } from '../../support/capability.ts'
import { answered, history, observed, random } from '../../support/evidence.ts'

const today = '2026-11-22'
const targets = Object.fromEntries(indicatorsOf(sampleModel).map(({ id }, i) => [id, 2 + (i % 3)]))

function everything(): Map<string, Belief> {
  const next = random(11)
  return new Map(
    indicatorsOf(sampleModel).map(({ id }) => [
      id,
      believe(history(next, 1 + Math.floor(next() * 40)), today),
    ]),
  )
}

test('every indicator has a pane of its own, and no number is missing', () => {
  const radar = radarOf(drawMap(sampleModel, targets, everything(), today))
  expect(radar.panes.map(({ id }) => id)).toEqual(indicatorsOf(sampleModel).map(({ id }) => id))
  expect(JSON.stringify(radar)).not.toMatch(/NaN|Infinity|undefined/)
  expect(radar.labels).toHaveLength(6)
  for (const { shut, mean, sure, band } of radar.panes) {
    expect(shut === null).toBe(mean !== null)
    if (shut) expect([sure, band]).toEqual([null, null])
  }
})

test('what is not measured is lattice, with its target, and never a short solid pane', () => {
  const radar = radarOf(drawMap(sampleModel, { theory: 3 }, new Map(), today))
  expect(radar.panes.every(({ shut, frame }) => shut === frame)).toBe(true)
  expect(radar.panes.filter(({ goal }) => goal !== null).map(({ id }) => id)).toEqual(['theory'])
  expect(radar.unmeasured).toHaveLength(6)
})

test('each level is a band of the same width, from the centre outwards', () => {
  const cuts = sampleModel.cuts
  expect([-9, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 9].map((theta) => radius(theta, cuts))).toEqual([
    20, 20, 45, 70, 95, 120, 145, 145,
  ])
  expect(radius(0, cuts)).toBe(82.5)
  expect(radius(1, [-2, 0, 2, 2.5])).toBe(82.5)
})

test('the target is an arc at the beginning of its level', () => {
  const known = new Map([['theory', believe([answered('a'), observed('b')], today)]])
  const at = (target: number) =>
    radarOf(drawMap(sampleModel, { theory: target }, known, today)).panes[0]?.goal
  expect(at(2)).toMatch(/^M-?[\d.]+ -?[\d.]+A45 45 0 0 1 -?[\d.]+ -?[\d.]+$/)
  expect(at(3)).toContain('A70 70')
  expect(at(4)).toContain('A95 95')
})

test('solid, band and estimate lie in this order', () => {
  const radar = radarOf(drawMap(sampleModel, targets, everything(), today))
  const open = radar.panes.filter(({ shut }) => shut === null)
  expect(open.length).toBeGreaterThan(10)
  for (const { sure, band, mean } of open) {
    const outerOf = (path: string | null) => Number(path?.match(/A([\d.]+),/)?.[1] ?? 20)
    const estimate = Number(mean?.match(/A([\d.]+) /)?.[1])
    expect(outerOf(sure)).toBeLessThanOrEqual(estimate)
    expect(outerOf(band)).toBeGreaterThanOrEqual(estimate)
  }
})

test('long names are broken where they can be read', () => {
  expect(wrapName('政治素养', 4)).toEqual(['政治素养'])
  expect(wrapName('法治与政策执行', 4)).toEqual(['法治与', '政策执行'])
  expect(wrapName('群众工作与议事协商', 4)).toEqual(['群众工作与', '议事协商'])
  expect(wrapName('应急与平安', 4)).toEqual(['应急与', '平安'])
  expect(wrapName('基层治理实务综合能力', 4)).toEqual(['基层治理实', '务综合能力'])
})

/** Where a label stands when its letters are as large as they get (20 units, line height 1.25). */
function boxOf({ lines, x, y, anchor, dy }: ReturnType<typeof radarOf>['labels'][number]) {
  const width = 20 * Math.max(...lines.map((text) => text.length))
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  const top = y + dy * 20 - 0.88 * 20
  return { left, right: left + width, top, bottom: top + 20 + (lines.length - 1) * labelLine * 20 }
}

/** Two dimensions more than the sample has. */
const again = sampleModel.dimensions.slice(0, 2).map((dimension) => ({
  ...{ ...dimension, id: `${dimension.id}-again` },
  indicators: dimension.indicators.map((one) => ({ ...one, id: `${one.id}-again` })),
}))

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'names of %d dimensions stay inside the picture and off each other',
  (count) => {
    for (const name of [
      '党',
      '抓落实',
      '政治素养',
      '应急处突能力',
      '群众工作与议事协商',
      '基层治理实务综合能力',
    ]) {
      const dimensions = [...sampleModel.dimensions, ...again]
        .slice(0, count)
        .map((dimension) => ({ ...dimension, name }))
      const model = CapabilityModel.parse({ ...sampleModel, dimensions })
      const radar = radarOf(drawMap(model, {}, new Map(), today))
      const boxes = radar.labels.map(boxOf)
      const [, from = NaN, , height = NaN] = radar.viewBox.split(' ').map(Number)
      for (const [i, box] of boxes.entries()) {
        expect(box.left).toBeGreaterThanOrEqual(-180)
        expect(box.right).toBeLessThanOrEqual(180)
        expect(box.top).toBeGreaterThanOrEqual(from)
        expect(box.bottom).toBeLessThanOrEqual(from + height)
        const nearX = Math.max(box.left, Math.min(0, box.right))
        const nearY = Math.max(box.top, Math.min(0, box.bottom))
        expect(Math.hypot(nearX, nearY)).toBeGreaterThan(count > 6 ? 119 : 146)
        for (const other of boxes.slice(i + 1)) {
          const apart =
            box.right <= other.left ||
            other.right <= box.left ||
            box.bottom <= other.top ||
            other.bottom <= box.top
          expect(apart).toBe(true)
        }
      }
    }
  },
)

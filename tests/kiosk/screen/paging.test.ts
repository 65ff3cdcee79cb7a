import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageStarts, pageWith, type Box } from '#kiosk/screen/paging.ts'

const line = (top: number, bottom: number): Box => ({
  top,
  bottom,
  whole: true,
  heading: false,
  inside: () => [],
})
const lines = (top: number, count: number, height = 40): Box[] =>
  Array.from({ length: count }, (_, i) => line(top + i * height, top + (i + 1) * height))
const block = (inside: Box[]): Box => ({
  top: inside[0]?.top ?? 0,
  bottom: inside.at(-1)?.bottom ?? 0,
  whole: false,
  heading: false,
  inside: () => inside,
})
const heading = (top: number, bottom: number): Box => ({ ...line(top, bottom), heading: true })

test('a text that fits is one page', () => {
  expect(pageStarts([block(lines(0, 5))], 200)).toEqual([0])
})

test('a line that would be cut begins the next page', () => {
  expect(pageStarts([block(lines(0, 10))], 190)).toEqual([0, 160, 320])
})

test('a picture that does not fit any more goes to the next page whole', () => {
  expect(pageStarts([block(lines(0, 3)), line(140, 340), block(lines(360, 2))], 300)).toEqual([0, 140])
})

test('a heading goes with what it heads', () => {
  expect(pageStarts([block(lines(0, 3)), heading(130, 180), line(190, 390)], 300)).toEqual([0, 130])
})

test('a heading is not left alone at the foot of a page', () => {
  const text = [block(lines(0, 5)), heading(220, 270), block(lines(280, 6))]
  expect(pageStarts(text, 300)).toEqual([0, 220])
})

test('a picture higher than the screen is shown page by page', () => {
  expect(pageStarts([line(0, 700)], 300)).toEqual([0, 300, 600])
})

test('while the screen has no height yet there is one page', () => {
  expect(pageStarts([block(lines(0, 9))], 0)).toEqual([0])
})

test('a place is found on the page on which it stands', () => {
  const starts = [0, 160, 320]
  expect([0, 150, 160, 500].map((top) => pageWith(starts, top))).toEqual([0, 0, 1, 2])
})

test('no line is ever cut and none is left out, however the text is made', () => {
  const text = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }).map((paragraphs) => {
    let top = 0
    return paragraphs.map((count) => {
      const inside = lines(top, count)
      top += count * 40 + 16
      return inside
    })
  })
  fc.assert(
    fc.property(text, fc.integer({ min: 41, max: 400 }), (paragraphs, height) => {
      const starts = pageStarts(paragraphs.map(block), height)
      const all = paragraphs.flat()
      for (const one of all) {
        const page = pageWith(starts, one.top)
        const from = starts[page] ?? 0
        const end = Math.min(starts[page + 1] ?? Infinity, from + height + 1)
        expect(one.top).toBeGreaterThanOrEqual(from)
        expect(one.bottom).toBeLessThanOrEqual(end)
      }
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b))
    }),
  )
})

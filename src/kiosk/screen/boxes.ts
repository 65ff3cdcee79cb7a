// The boxes of a text in the browser, for paging.ts: measured where they are asked for only, because measuring costs.
import type { Box } from '#kiosk/screen/paging.ts'

const wholes = 'figure, img, svg, table, audio, video, .say, .reflect, .text-tail, [data-item], button'
const blocks = /^(block|grid|flex|table|list-item|flow-root)/

/** The boxes of the children of an element, from the top of the text. */
export function boxesIn(place: Element, top: number): Box[] {
  return [...place.children]
    .filter((child) => child.getClientRects().length > 0)
    .map((child) => boxOf(child, top))
}

function boxOf(element: Element, top: number): Box {
  const rect = element.getBoundingClientRect()
  // The knot of a quotation stands above it.
  const first = element.matches('figure') ? element.firstElementChild?.getBoundingClientRect().top : undefined
  return {
    top: Math.min(rect.top, first ?? rect.top) - top,
    bottom: rect.bottom - top,
    whole: element.matches(wholes),
    heading: /^H[1-4]$/.test(element.tagName),
    inside: () => (holdsBlocksOnly(element) ? boxesIn(element, top) : linesOf(element, top)),
  }
}

function holdsBlocksOnly(element: Element): boolean {
  const words = [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
  )
  return (
    !words &&
    element.children.length > 0 &&
    [...element.children].every((child) => blocks.test(getComputedStyle(child).display))
  )
}

/** The lines of a block; what stands above characters belongs to their line. */
function linesOf(element: Element, top: number): Box[] {
  const range = document.createRange()
  range.selectNodeContents(element)
  const rects = [...range.getClientRects()].sort((one, other) => one.bottom - other.bottom)
  const lines: { top: number; bottom: number }[] = []
  for (const rect of rects) {
    const last = lines.at(-1)
    if (last && rect.top < last.bottom - 4) {
      last.top = Math.min(last.top, rect.top)
      last.bottom = Math.max(last.bottom, rect.bottom)
    } else lines.push({ top: rect.top, bottom: rect.bottom })
  }
  return lines.map((line) => ({
    top: line.top - top,
    bottom: line.bottom - top,
    whole: true,
    heading: false,
    inside: () => [],
  }))
}

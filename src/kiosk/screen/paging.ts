// Where the pages of a text begin that is turned and not scrolled: no line is cut, and what belongs together stays so.

/** A piece of a text: where it stands from the top of the text, in pixels, and what is in it. */
export type Box = {
  top: number
  bottom: number
  /** Stays whole while it fits a page: a picture, a check, a line. */
  whole: boolean
  /** A heading is not left behind at the foot of a page. */
  heading: boolean
  /** The smaller pieces, asked for only where a page ends in it; none for a line. */
  inside: () => Box[]
}

/** Tops of the pages of `height` pixels, the first one 0. */
export function pageStarts(boxes: readonly Box[], height: number): number[] {
  const starts = [0]
  if (height <= 0) return starts
  place(boxes, height, starts)
  return starts
}

/** Heights may be off by a fraction of a pixel. */
const slack = 1

function place(boxes: readonly Box[], height: number, starts: number[]) {
  for (const [i, box] of boxes.entries()) {
    const start = starts.at(-1) ?? 0
    if (box.bottom <= start + height + slack) continue
    const fits = box.bottom - box.top <= height + slack
    if (box.whole && fits) {
      starts.push(beginning(boxes, i, start))
      continue
    }
    const inside = box.inside()
    // Where not even its first line fits, its heading comes along to the next page.
    if (inside[0] && inside[0].bottom > start + height + slack && inside[0].whole) {
      const from = beginning(boxes, i, start)
      if (from > start + slack) starts.push(from)
      if (box.bottom <= from + height + slack) continue
    }
    if (inside.length > 0) place(inside, height, starts)
    else cut(box, height, starts)
  }
}

/** A page begins with the box, or with the headings right before it. */
function beginning(boxes: readonly Box[], at: number, start: number): number {
  let first = at
  while (first > 0 && boxes[first - 1]?.heading && (boxes[first - 1]?.top ?? 0) > start) first -= 1
  return boxes[first]?.top ?? 0
}

/** What is higher than a page and has no parts is shown page by page. */
function cut(box: Box, height: number, starts: number[]) {
  const start = starts.at(-1) ?? 0
  if (box.top > start + slack) starts.push(box.top)
  while (box.bottom > (starts.at(-1) ?? 0) + height + slack) starts.push((starts.at(-1) ?? 0) + height)
}

/** Index of the page on which a place stands. */
export function pageWith(starts: readonly number[], top: number): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= top + slack),
  )
}

// Which part of a file a browser asks for: sound and film are fetched in pieces and sought in.

/** First and last byte, both included. */
export type Range = { first: number; last: number }

/**
 * Reads a Range header (RFC 9110 §14). `whole`: send everything, because there is none, it is not in bytes, or it
 * names several. `none`: the file has no such bytes, the answer is 416.
 */
export function readRange(header: string | undefined, size: number): Range | 'whole' | 'none' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (!match[1] && !match[2])) return 'whole'
  const [, from, to] = match
  const first = from ? Number(from) : Math.max(0, size - Number(to))
  const last = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (from && to && Number(to) < Number(from)) return 'whole'
  return first >= size ? 'none' : { first, last }
}

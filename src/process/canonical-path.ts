// A path is taken only in its one spelling. Whoever checks permissions and whoever finds the page may read another
// spelling differently (`/%61dmin`, `/./admin`, `/admin;x`), so no other spelling gets as far as either of them.

/** Letters that stand for themselves, and bytes of letters outside ASCII in capital hex. */
const segmentLetters = /^(?:[A-Za-z0-9_.~-]|%[89A-F][0-9A-F])+$/
/** Of what is not ASCII only letters, marks and digits; no spaces, controls, invisible or look-alike signs. */
const foreignLetters = /^[\x21-\x7e\p{L}\p{M}\p{N}·—、。《》“”]+$/u

function isCanonicalSegment(segment: string): boolean {
  if (!segmentLetters.test(segment)) return false
  if (segment.endsWith('.') || (segment.startsWith('.') && segment !== '.well-known')) return false
  return !segment.includes('%') || isCanonicalForeign(segment)
}

function isCanonicalForeign(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment)
    return text.normalize('NFKC') === text && foreignLetters.test(text)
  } catch {
    return false // not UTF-8, or an overlong form of it
  }
}

/**
 * True if a path (the request's target without its query) is spelled in the one way that is taken: `/`, or segments
 * without empty ones, dots, encoded ASCII, semicolons, backslashes, or a slash at the end.
 */
export function isCanonicalPath(path: string): boolean {
  if (path === '/') return true
  return path.startsWith('/') && path.slice(1).split('/').every(isCanonicalSegment)
}

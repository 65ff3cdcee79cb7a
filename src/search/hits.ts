// Where the tokens of a query stand in a text as people wrote it: traditional, full width, in capitals.
import { simplify } from '#simplify.ts'

/** What was asked for: tokens of the query and how much each of them says. */
export type Wanted = ReadonlyMap<string, number>

/** A token at a place of a text. */
export type Hit = { from: number; to: number; token: string }

/** Every place of every token, in order. */
export function hitsIn(text: string, wanted: Wanted): Hit[] {
  const letters = comparable(text)
  return [...wanted.keys()].flatMap((token) => placesOf(token, letters)).sort((a, b) => a.from - b.from)
}

/** How much some tokens say together, each counted once. */
export function worthOf(tokens: Iterable<string>, wanted: Wanted): number {
  return [...new Set(tokens)].reduce((sum, token) => sum + (wanted.get(token) ?? 0), 0)
}

/** The letters by which texts are compared, each at its own place. */
function comparable(text: string): string {
  const narrow = text.replace(/[^\x20-\x7e\p{Script=Han}]/gu, (sign) =>
    keepLength(sign, sign.normalize('NFKC')),
  )
  return keepLength(narrow, simplify(narrow).toLowerCase())
}

const keepLength = (before: string, after: string) => (after.length === before.length ? after : before)

function placesOf(token: string, letters: string): Hit[] {
  const hits: Hit[] = []
  for (let from = letters.indexOf(token); from >= 0; from = letters.indexOf(token, from + 1)) {
    const to = from + token.length
    if (isWhole(token, letters[from - 1], letters[to])) hits.push({ from, to, token })
  }
  return hits
}

/** Words of other scripts count only where they begin and end. */
const isWhole = (token: string, before = ' ', after = ' ') =>
  /^\p{Script=Han}/u.test(token) || (!joins.test(before) && !joins.test(after))
const joins = /(?!\p{Script=Han})[\p{L}\p{N}]/u

// How a token of `segment()` is written for Pagefind, in the index and in a query alike.

/**
 * The token in the letters a–p, four for each unit of UTF-16, ended by q. Pagefind would cut Chinese in one way when it
 * indexes and in another when it searches, and would find words by their beginnings; in this spelling it can do neither.
 */
export function spell(token: string): string {
  const units = Array.from({ length: token.length }, (_, i) => token.charCodeAt(i))
  const hex = units.map((unit) => unit.toString(16).padStart(4, '0')).join('')
  return `${hex.replace(/./g, (digit) => 'abcdefghijklmnop'.charAt(parseInt(digit, 16)))}q`
}

// The number by which a teller finds a story again: eight letters of the random end of its id, so that screen and server
// come to the same without asking each other.

/** Crockford's base 32: no I, L, O, U. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 8
const bitsEach = 5n

/** @param id UUIDv7 of the entry that brought the story. @returns e.g. `7KQD-9M2X`. */
export function receiptOf(id: string): string {
  const end = BigInt(`0x${endOf(id)}`)
  const code = Array.from({ length }, (_, i) =>
    letters.charAt(Number((end >> (bitsEach * BigInt(length - 1 - i))) & 31n)),
  )
  return grouped(code.join(''))
}

/** The last ten hexadecimal digits of ids with this receipt, or null if what a person typed is none. */
export function endOfReceipt(text: string): string | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—－]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (typed.length !== length || [...typed].some((letter) => !letters.includes(letter))) return null
  const end = [...typed].reduce((sum, letter) => (sum << bitsEach) + BigInt(letters.indexOf(letter)), 0n)
  return end.toString(16).padStart(10, '0')
}

const endOf = (id: string) => id.replaceAll('-', '').slice(-10)
const grouped = (code: string) => code.replace(/^(.{4})/, '$1-')

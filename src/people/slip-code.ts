// The code on a slip of paper: 60 bits in letters that are hard to misread, in groups of four.

/** Crockford's base 32: no I, L, O, U. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12

/** Random bytes (12, five bits of each are used) as a code, e.g. `7KQD-9M2X-4TRB`. */
export function writeCode(bytes: Uint8Array): string {
  if (bytes.length !== length) throw new Error(`A code needs ${length} bytes.`)
  const code = Array.from(bytes, (byte) => letters[byte & 31]).join('')
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** The code in what a person typed (small letters, spaces, O for 0, I or L for 1), or null if it is none. */
export function readCode(text: string): string | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—－]/g, '')
  const code = typed.replace(/O/g, '0').replace(/[IL]/g, '1')
  if (code.length !== length || [...code].some((letter) => !letters.includes(letter))) return null
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

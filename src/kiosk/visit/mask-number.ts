// A staff number as a screen shows it: enough to tell two people of one name apart, too little to sign in with.

/** The last two characters behind dots; of a short number only the last. `A0012345` → `······45`. */
export function maskNumber(number: string): string {
  const signs = [...number]
  const shown = signs.length > 4 ? 2 : 1
  return '·'.repeat(Math.max(0, signs.length - shown)) + signs.slice(-shown).join('')
}

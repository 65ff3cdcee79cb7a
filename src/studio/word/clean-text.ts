// Words from Word as a lesson may hold them: without what cannot be seen, with plain spaces.

/** Control characters, direction marks, soft hyphens and characters that were lost; U+FDD0 and U+FDD1 are ours. */
const unseen =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffd\ufffe\uffff]/gu
const spaces = /[\s\u0085\u00a0]+/gu

export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(unseen, '')
    // Full-width spaces within a line are set on purpose, as in 姓　名.
    .replace(spaces, (run) => (/^\u3000+$/u.test(run) ? run : ' '))

const raised: Record<string, string> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((letter, digit) => [String(digit), letter])),
  '+': '⁺',
  '-': '⁻',
  n: 'ⁿ',
}
const lowered: Record<string, string> = {
  ...Object.fromEntries([...'₀₁₂₃₄₅₆₇₈₉'].map((letter, digit) => [String(digit), letter])),
  '+': '₊',
  '-': '₋',
}

/** Small figures as letters of their own, so that m² does not become m2; null if there are none for these. */
export function small(text: string, place: 'superscript' | 'subscript'): string | null {
  const letters = [...text].map((letter) => (place === 'superscript' ? raised : lowered)[letter])
  return letters.every((letter) => letter !== undefined) ? letters.join('') : null
}

// When two titles are one: people write the same class with spaces, with full-width letters, and in other brackets.

/** Brackets that NFKC leaves as they are, opening and closing by turns. */
const brackets = '[]{}〔〕【】〖〗'

/** A title as it is compared and never shown: NFKC, lower case, round brackets, without anything that is not seen. */
export const bareTitle = (title: string): string =>
  title
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
    .replace(/[[\]{}〔〕【】〖〗]/g, (one) => (brackets.indexOf(one) % 2 === 0 ? '(' : ')'))

// When two wordings of an answer are the same wording.
import { inDigits } from '#quiz/kinds/fill-in/numerals.ts'
import { simplify } from '#simplify.ts'

/**
 * The form in which two texts are compared: full width as half width (NFKC), lower case, traditional characters as
 * simplified ones, numerals as digits, without spaces and punctuation. Between two digits a point, colon, dash, slash
 * or comma stays, since 3.5 is not 35, 3—5 is neither and 3、4 is not 34; the commas of 10,000 go.
 */
export function fold(text: string): string {
  let [before, folded] = ['', text]
  // What is taken out may bring together what then reads as a number.
  while (folded !== before) [before, folded] = [folded, once(folded)]
  return folded
}

const once = (text: string) =>
  inDigits(simplify(text.normalize('NFKC').toLowerCase()).replace(/[\p{Z}\p{C}\s]/gu, ''))
    .replace(/(?<=\d)[\p{Pd}~]+(?=\d)/gu, '-')
    .replace(/(?<=\d)[\u2044](?=\d)/gu, '/')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/gu, '')
    .replace(/(?<=\d)、(?=\d)/gu, ',')
    .replace(/(?<=\d)([.:\-/,])(?=\d)|[\p{P}~]/gu, '$1')
    .normalize('NFKC')

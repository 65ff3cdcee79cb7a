// One cell of a table that spreadsheet programs open: what would be taken for a formula is made harmless on the way
// out, and put back on the way in, so that nothing is lost.

/** A spreadsheet takes a cell that begins so for a formula (full-width signs are typed by Chinese input methods). */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell as it is written: with an apostrophe in front of what would be a formula. */
export const guardCell = (text: string) => (formula.test(text) ? `'${text}` : text)

/** A cell as it was before `guardCell`, without outer space. */
export function plainCell(text: string): string {
  const cell = text.trim()
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}

/** Text that every format can hold: no control characters, no halves of characters, no outer space. */
export const tidyText = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim()

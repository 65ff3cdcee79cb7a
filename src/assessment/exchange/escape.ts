// Texts of an item as one line: what a line, a cell or XML cannot hold is written with a backslash.

/** Control characters, halves of characters, line ends, marks of byte order. */
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu

const code = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A text on one line. */
export const escapeText = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replace(unseen, code)

/** What `escapeText` wrote, as it was. */
export const unescapeText = (line: string) =>
  line.replace(/\\(?:(\\)|(n)|u([0-9a-f]{4}))/g, (_, slash?: string, end?: string, hex = '') =>
    slash ? '\\' : end ? '\n' : String.fromCharCode(parseInt(hex as string, 16)),
  )

/** Forms of an answer, side by side. */
export const joinForms = (forms: readonly string[]) =>
  forms
    .map((form) => escapeText(form).replace(/[|｜]|^\s+|\s+$/g, (chars) => [...chars].map(code).join('')))
    .join('|')

/** What `joinForms` wrote. */
export const splitForms = (line: string) => line.split('|').map(unescapeText)

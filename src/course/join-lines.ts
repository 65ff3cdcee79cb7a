// Line ends of the source inside a paragraph. A browser draws one as a space, which is wrong between Chinese letters.

const chinese = '[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef\\u2014\\u2018-\\u201d\\u2026\\u00b7]'
const soft = new RegExp(`(^|${chinese})[ \\t]*\\n[ \\t]*(?=$|${chinese})`, 'gu')

/** Removes line ends between Chinese letters and punctuation, and at either end of the text. */
export function joinLines(text: string): string {
  return text.replace(soft, '$1')
}

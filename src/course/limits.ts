// Refuses what no lesson needs before any parser sees it: Markdown and YAML parsers take quadratic time, or
// overflow the stack, on thousands of nested or unclosed marks (measured: 8,000 asterisks in a paragraph, 4.4 s).
import type { Problem } from '#course/problem.ts'

/** What one source file may hold at most. */
export const limits = {
  bytes: 256 * 1024,
  lines: 3000,
  /** Characters in a line. */
  line: 4000,
  /** Marks such as `[` or `*` between two blank lines. */
  marksInBlock: 500,
  marks: 10_000,
  /** Columns of indentation, `>`, list marks and list numbers before the text of a line. */
  prefix: 80,
  closingTags: 200,
} as const

/** The marks that are counted. */
export const marks = /[[\]{}<>*_~`|^@&!]/g
const prefix = /^(?:[\s>*+-]|\d{1,9}[.)])*/
const rule = /^\s*(?:-+|\*+|_+|=+)\s*$/
// Control characters, and the ones that make text run the other way and hide what a line says.
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd-\uffff]/

/** The first character that hides what a text says: where it is, and what to say of it. Null if there is none. */
export function hiddenIn(text: string): { index: number; message: string; mend: string } | null {
  const found = unseen.exec(text)
  if (!found) return null
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return {
    index: found.index,
    message: `这里有看不见的控制字符 U+${code}。`,
    mend: '删去它，重新键入这几个字。',
  }
}

/** Problems of size, nesting and hidden characters; empty when the source may be parsed. Linear in its length. */
export function checkLimits(source: string, file: string): Problem[] {
  const at = (line: number, column: number, message: string, mend: string): Problem[] => [
    { file, line, column, message, mend },
  ]
  const bytes = Buffer.byteLength(source)
  if (bytes > limits.bytes) {
    const size = Math.ceil(bytes / 1024)
    return at(
      1,
      1,
      `文件有${size} KB，超过${limits.bytes / 1024} KB。`,
      '把它拆成几课，图片和音视频放成单独的文件。',
    )
  }
  if (!source.isWellFormed() || source.includes('\uFFFD'))
    return at(1, 1, '文件里有残缺的字符。', '用 UTF-8 编码重新保存。')
  const lines = source.split('\n')
  if (lines.length > limits.lines) {
    return at(limits.lines + 1, 1, `文件超过${limits.lines}行。`, '把它拆成几课。')
  }
  if ((source.match(/<\//g) ?? []).length > limits.closingTags) {
    return at(1, 1, `组件超过${limits.closingTags}个。`, '减少组件，或把它拆成几课。')
  }
  return checkLines(lines, at)
}

function checkLines(
  lines: string[],
  at: (line: number, column: number, message: string, mend: string) => Problem[],
) {
  let block = 0
  let total = 0
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    const hidden = hiddenIn(line)
    if (hidden) return at(number, hidden.index + 1, hidden.message, hidden.mend)
    if (line.length > limits.line) {
      return at(number, limits.line + 1, `这一行超过${limits.line}个字符。`, '用空行把它分成几段。')
    }
    const before = prefix.exec(line)?.[0].length ?? 0
    if (before > limits.prefix && !rule.test(line)) {
      return at(number, limits.prefix + 1, '列表或引用套得太深。', '减到三四层以内，行首的空格也减少。')
    }
    const count = line.match(marks)?.length ?? 0
    block = line.trim() === '' ? 0 : block + count
    total += count
    if (block > limits.marksInBlock || total > limits.marks) {
      return at(number, 1, '这里的符号（如 [ * < {）太多。', '用空行分段，删去不成对的符号。')
    }
  }
  return []
}

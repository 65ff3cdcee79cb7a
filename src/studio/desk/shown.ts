// What the desk shows of the server's state: marks in the text, what is wrong with the label, where files are.
import { canChange, fieldsOf, frontmatterOf } from '#studio/draft/frontmatter.ts'
import type { Opened } from '#studio/draft/save.server.ts'
import type { Text } from '#studio/desk/writing.ts'
import type { Mark } from '#studio/source/marks.ts'

type Found = Pick<Opened, 'problems' | 'advice'>

/** Where it stands: problems name their file, the text or the checks. */
export type FoundMark = Mark & { file?: string }

type Labels = readonly { name: string; label: string }[]

/** A field is called as its form calls it, not as the source does. */
export function inWords(message: string, labels: Labels): string {
  return message.replace(/“([A-Za-z]+)”/, (quoted, name) => {
    const label = labels.find((field) => field.name === name)?.label
    return label === undefined ? quoted : `“${label}”`
  })
}

/** What the door refuses and what the checks advise, in reading order. */
export function marksOf({ problems, advice }: Found, labels: Labels): FoundMark[] {
  const all: FoundMark[] = [
    ...problems.map((one) => ({
      ...one,
      severity: 'refused' as const,
      message: inWords(one.message, labels),
    })),
    ...advice.map((one) => ({ ...one, severity: 'advice' as const })),
  ]
  return all.sort((a, b) => a.line - b.line || a.column - b.column)
}

const frontmatterIn = (text: Text) =>
  text.type === 'source' ? frontmatterOf(text.source) : (text.frontmatter ?? '')

/** The fields of the label as they are written now. */
export const headOf = (text: Text): Record<string, unknown> => fieldsOf(frontmatterIn(text))

/** Whether single fields of the label can be read and changed; if not, what is typed in its form would be lost. */
export const headOpens = (text: Text): boolean => canChange(frontmatterIn(text))

/** What the door says of single fields of the label. A problem on the line of a field belongs to that field. */
export function headWrong(
  { source, problems }: Pick<Opened, 'source' | 'problems'>,
  labels: Labels,
): Record<string, string> {
  const lines = source.split('\n')
  const end = lines.indexOf('---', 1)
  const wrong: Record<string, string> = {}
  for (const { line, message, mend } of problems) {
    if (line > end + 1) continue
    const name = labels.find((one) => message.includes(`“${one.name}”`))?.name ?? fieldAt(lines, line)
    if (name !== null) wrong[name] ??= `${inWords(message, labels)}${mend}`
  }
  return wrong
}

/** The field of the frontmatter to which a line belongs. */
function fieldAt(lines: readonly string[], line: number): string | null {
  for (let at = line - 1; at >= 0; at--) {
    const name = /^([A-Za-z]+):/.exec(lines[at] ?? '')?.[1]
    if (name !== undefined) return name
  }
  return null
}

/** Where each file of the draft is served. */
export const filesShown = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, stored]) => [name, `/media/${stored}`]))

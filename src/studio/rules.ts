// What a county decides about writing: how many readings each kind needs, which words are looked at twice, about whom
// nothing is shown.
import { z } from 'astro/zod'

const readingsAsked = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** Readings asked of a document of each kind; three until the county says otherwise. */
export const ReadingsAsked = z.object({ lesson: readingsAsked, story: readingsAsked, case: readingsAsked })
export type ReadingsAsked = z.infer<typeof ReadingsAsked>
export const threeReadings: ReadingsAsked = { lesson: 3, story: 3, case: 3 }

/** The form of it: numbers come as text. */
const readingsField = z
  .enum(['1', '2', '3'], { error: '请选几审。' })
  .transform((n) => Number(n) as 1 | 2 | 3)
export const ReadingsForm = z.object({ lesson: readingsField, story: readingsField, case: readingsField })

/** Words and persons, each on a line of the form. */
export const WatchedWords = z.object({
  sensitive: z.array(z.string()),
  withdrawn: z.array(z.object({ name: z.string(), reason: z.string() })),
})
export type WatchedWords = z.infer<typeof WatchedWords>
export const noWatchedWords: WatchedWords = { sensitive: [], withdrawn: [] }

const most = { words: 500, letters: 40, reason: 100 }

/** Lines of a form as a list: trimmed, each once. */
const linesOf = (text: string) => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

const countedLines = z
  .string()
  .nullish()
  .transform((text) => linesOf(text ?? ''))
  .refine((lines) => lines.length <= most.words, `最多${most.words}行。`)

/** The form: sensitive words one to a line; persons as “姓名：原因”. */
export const WatchedWordsForm = z.object({
  sensitive: countedLines.refine(
    (lines) => lines.every((line) => line.length <= most.letters),
    `每行一个词，最多${most.letters}个字。`,
  ),
  withdrawn: countedLines
    .transform((lines) => lines.map(personOf))
    .refine(
      (people) => people.every(({ name, reason }) => name.length >= 2 && reason !== ''),
      '每行写“姓名：原因”，例如“张三：正在接受审查”。',
    )
    .refine(
      (people) =>
        people.every(({ name, reason }) => name.length <= most.letters && reason.length <= most.reason),
      `姓名最多${most.letters}个字，原因最多${most.reason}个字。`,
    ),
})

function personOf(line: string): { name: string; reason: string } {
  const [name = '', ...reason] = line.split(/[：:]/)
  return { name: name.trim(), reason: reason.join('：').trim() }
}

/** The persons as the form shows them. */
export const personLines = (people: WatchedWords['withdrawn']) =>
  people.map(({ name, reason }) => `${name}：${reason}`).join('\n')

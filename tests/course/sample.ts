// A small good lesson, and ways to spoil it.
import { checkLesson } from '#course/check-lesson.ts'
import type { LessonSource } from '#course/check-lesson.ts'
import { nothingKnown } from '#course/known.ts'
import type { Known } from '#course/known.ts'
import type { Problem } from '#course/problem.ts'

/** Frontmatter by field, as written. */
export const head: Record<string, string> = {
  id: 'lsn-sizhi',
  title: '四知：夜里的十斤金',
  summary: '一份没有人看见的谢礼，为什么不能收。',
  minutes: '2',
  edition: '1',
  path: '不想腐',
  indicators: '[conflict-of-interest]',
  sources: '[{ work: 《后汉书·杨震列传》, place: 卷五十四 }]',
  attribution: 'certain',
  checkedBy: '周文澜',
  checkedOn: '2026-10-28',
  reviewBy: '2027-10-28',
}

/** The line on which the body of a sample begins. */
export const bodyLine = Object.keys(head).length + 4

export const goodBody = `东汉的杨震去东莱任太守，路过昌邑。

## 那天夜里

县令王密怀里揣着十斤金来见他，说天黑了，没有人会知道。

<Quiz item="itm-sizhi-1" />
`

export const goodItem = {
  id: 'itm-sizhi-1',
  revision: 1,
  kind: 'single',
  indicator: 'conflict-of-interest',
  difficulty: 'easy',
  passage: '说天黑了，没有人会知道。',
  stem: '王密为什么夜里来？',
  options: [
    { id: 'a', text: '路远' },
    { id: 'b', text: '以为没有人知道' },
  ],
  key: 'b',
  rationale: '他自己说天黑了，没有人会知道。',
}

/** A lesson's source. Fields replace those of `head`; `undefined` leaves one out. */
export function sourceOf(body: string, fields: Record<string, string | undefined> = {}): string {
  const lines = Object.entries({ ...head, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
  return ['---', ...lines, '---', '', body].join('\n')
}

/** Source and items as files; JSON is YAML. */
export function filesOf(source: string, items: unknown = [goodItem]): LessonSource {
  return {
    file: 'index.mdx',
    source,
    itemsFile: 'items.yaml',
    items: items === null ? null : JSON.stringify(items),
  }
}

export function check(source: string, items: unknown = [goodItem], known: Known = nothingKnown) {
  return checkLesson(filesOf(source, items), known)
}

/** The problems of a lesson; none when it is good. */
export function problemsOf(
  source: string,
  items: unknown = [goodItem],
  known: Known = nothingKnown,
): Problem[] {
  const checked = check(source, items, known)
  return checked.type === 'refused' ? checked.problems : []
}

/** A good body with something put before its question. */
export function bodyWith(part: string): string {
  return goodBody.replace('<Quiz', `${part}\n\n<Quiz`)
}

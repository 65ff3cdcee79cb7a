// The kinds of question that can be written by form, in plain words, and the rows that their forms begin with.
import type { ItemFields } from '#quiz/writing/fields.ts'

/** What the form of a kind asks for besides its stem. */
export type FormShape = 'options' | 'truth' | 'words' | 'steps' | 'pairs' | 'points'

/** In the order in which they are offered. */
export const formKinds = {
  single: { name: '单选题', shape: 'options', says: '几个选项里只有一个对。' },
  multiple: { name: '多选题', shape: 'options', says: '对的可能不止一个，学员要全部挑出来。' },
  'true-false': { name: '判断题', shape: 'truth', says: '写一句话，学员说它对还是错。' },
  'fill-in': { name: '填空题', shape: 'words', says: '一句话里空一处，学员把那几个字写出来。' },
  order: { name: '排序题', shape: 'steps', says: '几件事排先后，出题时自动打乱。' },
  match: { name: '配对题', shape: 'pairs', says: '左右两边配成对，出题时自动打乱。' },
  'short-answer': { name: '简答题', shape: 'points', says: '学员写几句话，由两位教员照要点评分。' },
} as const satisfies Record<string, { name: string; shape: FormShape; says: string }>

export type FormKind = keyof typeof formKinds

export const isFormKind = (kind: string): kind is FormKind => Object.hasOwn(formKinds, kind)

/** Beside a lesson a result is there at once: nothing that people have to grade. */
export const isLessonKind = (kind: string): kind is FormKind => isFormKind(kind) && !isGraded(kind)

/** Whether two people grade it. */
export const isGraded = (kind: FormKind) => formKinds[kind].shape === 'points'

/** How many rows a list may have. */
export const rowsOf = { options: [2, 8], steps: [3, 8], pairs: [2, 8], points: [1, 8] } as const

/** How a difficulty is called in the form. */
export const difficulties = { easy: '易', medium: '中', hard: '难' } as const

/** An id that no other part has: a, b, c …, or with a prefix l1, l2 … */
export function freeId(prefix: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const id =
      prefix === '' ? `${n > 26 ? 'x' : ''}${n > 26 ? n : String.fromCharCode(96 + n)}` : `${prefix}${n}`
    if (!taken.includes(id)) return id
  }
}

/** The form with empty rows where its kind has none yet. */
export function blankRows(kind: FormKind, fields: ItemFields): ItemFields {
  const parts = (many: number, prefix: string) =>
    Array.from({ length: many }, (_, i) => ({
      id: prefix ? `${prefix}${i + 1}` : 'abcd'.charAt(i),
      text: '',
    }))
  switch (formKinds[kind].shape) {
    case 'options':
      if (fields.options.length > 0) return fields
      return { ...fields, options: parts(4, '').map((one) => ({ ...one, right: false })) }
    case 'steps':
      return fields.steps.length > 0 ? fields : { ...fields, steps: parts(4, '') }
    case 'pairs':
      if (fields.pairs.length > 0) return fields
      return { ...fields, pairs: parts(3, 'l').map((one) => ({ ...one, answer: '' })) }
    case 'points':
      if (fields.points.length > 0) return fields
      return { ...fields, points: parts(2, 'r').map((one) => ({ ...one, points: 1 })) }
    case 'truth':
    case 'words':
      return fields
  }
}

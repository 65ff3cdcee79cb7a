// What a grader sends: points for each criterion, and a remark.
import type { Criterion } from '#quiz/kinds/short-answer/kind.ts'
import { WrongField } from '#people/roster/wrong-field.ts'

/** The field of a criterion. */
export const fieldOf = (criterion: string) => `points-${criterion}`

export type SentMark = { points: Record<string, number>; remark: string }

const longest = 500

/**
 * Reads it against the rubric.
 * @param why asked for, where something is decided or changed; otherwise a remark may be left out.
 * @throws WrongField that names what is missing.
 */
export function readMark(form: FormData, rubric: readonly Criterion[], why: boolean): SentMark {
  const points: Record<string, number> = {}
  for (const { id, points: most } of rubric) {
    const sent = form.get(fieldOf(id))
    const given = typeof sent === 'string' && /^\d{1,2}$/.test(sent) ? Number(sent) : null
    if (given === null || given > most)
      throw new WrongField(fieldOf(id), 'invalid', '这一条还没有给分。', `选0到${most}分。`)
    points[id] = given
  }
  const remark = String(form.get('remark') ?? '').trim()
  if (why && remark === '') throw new WrongField('remark', 'invalid', '写一句为什么，另外两位看得到。')
  if (remark.length > longest) throw new WrongField('remark', 'invalid', `太长，请控制在${longest}字以内。`)
  if (remark.includes('\0')) throw new WrongField('remark', 'invalid', '里面有看不见的字符，请删去后再提交。')
  return { points, remark }
}

// What a plain form sends of an item for the bank, and how many rows such a form shows.
import { emptyFields, type ItemFields } from '#quiz/writing/fields.ts'
import { isFormKind, type FormKind } from '#quiz/writing/form-kinds.ts'

const mostRows = 8

/** The text of a field, shortened far beyond what any field may hold. */
const text = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, 10_000) : ''
}

/** How many rows the form has that was sent, 4 at first; two more after the button for more. */
export function rowsIn(form: FormData | null): number {
  const sent = form ? Number(text(form, 'rows')) : 4
  const rows = Number.isInteger(sent) ? Math.min(Math.max(sent, 4), mostRows) : 4
  return form?.has('more') ? Math.min(rows + 2, mostRows) : rows
}

/** Whether another row may be asked for. */
export const mayGrow = (rows: number) => rows < mostRows

/** The kind in an address or a form; 单选 where it names none. */
export const kindIn = (value: unknown): FormKind =>
  typeof value === 'string' && isFormKind(value) ? value : 'single'

/** The form as it was sent. Rows that were left empty are none. */
export function fieldsFromForm(form: FormData, id: string): ItemFields {
  const kind = kindIn(form.get('kind'))
  const rows = Array.from({ length: mostRows }, (_, i) => i)
  const right = form.getAll('right')
  const written = <T extends { text: string }>(parts: T[]) => parts.filter((part) => part.text.trim() !== '')
  const holds = text(form, 'holds')
  const lines = (name: string) => text(form, name).split(/\r?\n/).slice(0, 50)
  return {
    ...emptyFields(id, kind),
    ...{ indicator: text(form, 'indicator'), difficulty: text(form, 'difficulty') },
    ...{ source: text(form, 'source'), passage: text(form, 'passage') },
    ...{ stem: text(form, 'stem'), rationale: text(form, 'rationale') },
    options: written(rows.map((i) => ({ ...partAt(form, 'option', i), right: right.includes(String(i)) }))),
    holds: holds === 'true' ? true : holds === 'false' ? false : null,
    accept: lines('accept'),
    steps: written(rows.map((i) => partAt(form, 'step', i))),
    pairs: rows
      .map((i) => ({ id: `l${i + 1}`, text: text(form, `left-${i}`), answer: text(form, `answer-${i}`) }))
      .filter((pair) => pair.text.trim() !== '' || pair.answer.trim() !== ''),
    spare: lines('spare'),
    points: written(
      rows.map((i) => ({
        ...{ id: `r${i + 1}`, text: text(form, `point-${i}`) },
        points: Number(text(form, `points-${i}`) || 1),
      })),
    ),
    longest: Number(text(form, 'longest') || 300),
    model: text(form, 'model'),
  }
}

const partAt = (form: FormData, name: string, i: number) => ({
  id: String.fromCharCode(97 + i),
  text: text(form, `${name}-${i}`),
})

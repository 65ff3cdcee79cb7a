// An item for the bank that was written by form: what is missing is said beside its field, what is sound becomes a draft.
import { sourcesNow } from '#assessment/bank/bank.server.ts'
import { enterDrafts } from '#assessment/bank/change.server.ts'
import { sectionWith } from '#assessment/bank/drift.ts'
import { fieldsFromForm } from '#assessment/bank/fields-from-form.ts'
import { withId } from '#assessment/exchange/complete.ts'
import { hashOf } from '#course/content-hash.ts'
import type { Session } from '#people/session.ts'
import { Item } from '#quiz/question.ts'
import { tidy, type ItemFields } from '#quiz/writing/fields.ts'
import { isGraded } from '#quiz/writing/form-kinds.ts'
import { toItem } from '#quiz/writing/to-item.ts'
import { wrongFields, type Wrong } from '#quiz/writing/wrong-fields.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { Refusal } from '#refusal.ts'

/** What became of the form: entered, wanted with more rows, or not sound; then all that is wrong, by field. */
export type Outcome =
  { type: 'entered'; id: string } | { type: 'more' } | { type: 'wrong'; wrong: Wrong & { secure?: string } }

/** @throws Refusal `already-done` if the same question is in the bank already. */
export async function writeItem(by: Pick<Session, 'person'>, form: FormData): Promise<Outcome> {
  if (form.has('more')) return { type: 'more' }
  const fields = fieldsFromForm(form, 'itm-x')
  const secure = form.has('secure')
  const wrong = { ...(await wrongGrounds(fields)), ...wrongFields(fields, 'bank') }
  const waits = isGraded(fields.kind) && !secure
  if (waits || Object.keys(wrong).length > 0)
    return {
      type: 'wrong',
      wrong: { ...wrong, ...(waits && { secure: '简答题要由两位教员评分，只能放进保密题库。' }) },
    }
  const { id: _id, ...asked } = toItem(fields)
  const item = Item.safeParse(withId(asked, { hash: hashOf }))
  if (!item.success)
    throw new Refusal('invalid', '这道题有一处写法收不进题库。', '请核对难易和每一项的写法，再存一次。')
  const { id } = item.data
  await enterDrafts(by, [item.data], { secure }).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.kind !== 'already-done') throw error
    // The id is made of what is asked, and not the author's to change.
    throw new Refusal('already-done', '题库里已经有一模一样的题。', `在题库里按题号 ${id} 能找到它。`)
  })
  return { type: 'entered', id }
}

/** What does not stand in the library or in the model, as `confirmPassage` asks. */
async function wrongGrounds({ source, passage, indicator }: ItemFields): Promise<Wrong> {
  const wrong: Wrong = {}
  if (!indicatorsOf(modelInUse().model).some(({ id }) => id === indicator))
    wrong.indicator = '选这道题考的指标。'
  const text = (await sourcesNow()).get(source)
  if (!text?.open) wrong.source = '馆里没有展出这份资料，请另选一份。'
  else if (sectionWith(text, tidy(passage)) === null)
    wrong.passage = `这句话在《${text.title}》里找不到。从那一页逐字复制一句，标点也要一样。`
  return wrong
}

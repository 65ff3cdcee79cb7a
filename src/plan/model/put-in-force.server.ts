// Puts another model in force. Nothing of the earlier one is lost: it stays a version, its evidence goes where the new one
// says or stays visible as old, and posts that somebody holds go on.
import { forgetBank } from '#assessment/bank/bank.server.ts'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { assignment } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { comesWith } from '#plan/model/alternatives.server.ts'
import { compareModels } from '#plan/model/compare-models.ts'
import { findModel } from '#plan/model/find-model.server.ts'
import { inherit } from '#plan/model/inherit.ts'
import { addModelIn, bringModel } from '#record/capability/model-versions.server.ts'
import { modelChanged, modelInUse, modelWithPosts } from '#record/capability/model.server.ts'
import { ModelWithPosts } from '#record/capability/model.ts'
import { forgetVersions } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** True if a session may put a model in force: it holds for everybody, so only who administers the whole may. */
export const mayChangeModel = (session: Session) => isWhole(scopeOf(session, 'system-admin'))

/** A model as it would be put in force, with what it takes over from the present one. */
export async function asInForce(body: ModelWithPosts): Promise<ModelWithPosts> {
  const rows = await read.selectDistinct({ post: assignment.post }).from(assignment)
  return inherit(body, modelWithPosts(), new Set(rows.map(({ post }) => post)))
}

/** The last one that was asked for, done or not. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Puts what somebody looked at in force from now on. One after the other: who presses twice does it once.
 * @throws Refusal `not-yours`; `closed` if an upload is not kept any more; `already-done` if it is in force.
 */
export function putModelInForce(session: Session, which: string): Promise<{ title: string }> {
  const mine = last.then(() => putNow(session, which))
  last = mine.catch(() => undefined)
  return mine
}

async function putNow(session: Session, which: string): Promise<{ title: string }> {
  if (!mayChangeModel(session))
    throw new Refusal('not-yours', '能力模型对全体有效，由管全部单位的系统管理员来换。')
  const found = which === '' ? null : await findModel(session, which)
  if (found?.type === 'template')
    throw new Refusal('invalid', '这是一份空表，还不是模型。', '下载下来填好，再上传。')
  if (!found)
    throw new Refusal('closed', '这次上传的模型已经不在了。', '请再选一次文件上传；现在用的模型没有变。')
  const read = ModelWithPosts.safeParse(await asInForce(found.body))
  if (!read.success)
    throw new Refusal(
      'invalid',
      `和现在的模型合不上：${read.error.issues[0]?.message ?? ''}`,
      '请改好文件，再上传。',
    )
  const body = read.data
  if (compareModels(modelWithPosts(), body, new Map(), String).same)
    throw new Refusal('already-done', '现在用的就是这个模型。', '不用再启用。')
  const { id, title } = body.model
  await write(async (tx) => {
    await addModelIn(tx, { fromAt: afterTheLast(), body })
    await noteAct(tx, session.person.id, 'model-in-force', id, { title })
  })
  forgetVersions()
  await bringModel(comesWith().fromFiles)
  forgetBank()
  modelChanged()
  return { title }
}

/** Now, and later than the version in force, whatever the clock says. */
function afterTheLast(): string {
  const last = Date.parse(modelInUse().since ?? '1970-01-01T00:00:00.000Z')
  return new Date(Math.max(now().getTime(), last + 1)).toISOString()
}

// A system administrator gives a person a further assignment, or ends one. A promotion or a change of post is both.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { write, type Database } from '#db/database.server.ts'
import { assignment } from '#db/schema/people.ts'
import type { Post, WantedAssignment } from '#people/roster/assignment.ts'
import { noteAct } from '#people/audit.server.ts'
import { findPerson, findUnit, type FoundPerson } from '#people/roster/find.server.ts'
import { planAssignment, type AssignmentPlan } from '#people/roster/plan-assignment.ts'
import { requirePost } from '#people/roster/require-post.ts'
import { inScope, outside, scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { forgetPerson } from '#people/session.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

type Asked = WantedAssignment & { personId: string; endFormer: boolean }

/**
 * Adds an assignment; with `endFormer` the former main post ends on the day before.
 * @throws WrongField if it is there already, or another main post stands on the same days.
 */
export async function assign(session: Session, asked: Asked, posts: Post[]): Promise<{ id: string }> {
  const { personId, endFormer, ...wanted } = asked
  requirePost(wanted.post, posts)
  const scope = scopeOf(session, 'system-admin')
  const id = v7()
  await write(async (tx) => {
    const found = await findPerson(tx, scope, personId)
    await findUnit(tx, scope, wanted.unitId)
    requireOpen(found)
    const plan = requireAddable(planAssignment(found.held, wanted, endFormer), posts)
    for (const { held, toOn } of plan.end) await endOne(tx, session, personId, held.id, toOn)
    await tx.insert(assignment).values({ ...wanted, id, personId })
    await noteAct(tx, session.person.id, 'assignment-added', personId, { assignment: id, ...wanted })
  })
  forgetPerson(personId)
  return { id }
}

function requireOpen(found: FoundPerson) {
  if (found.closedAt) throw new Refusal('closed', '这个账号已停用，不能加任职。', '先恢复账号。')
}

function requireAddable(plan: AssignmentPlan, posts: Post[]) {
  if (plan.kind === 'add') return plan
  const post = posts.find((one) => one.id === plan.held.post)?.name ?? plan.held.post
  if (plan.kind === 'same') {
    throw new WrongField(
      'post',
      'already-done',
      `他从${plan.held.fromOn}起已有这个任职。`,
      '要改动，先结束原来的。',
    )
  }
  throw new WrongField(
    'main',
    'invalid',
    `从${plan.held.fromOn}起他的主职是“${post}”，一天只能有一个主职。`,
    '勾选“提拔、调动”（新任职要晚于原主职），或不勾“主职”。',
  )
}

/** Ends an assignment; `toOn` is its last day. */
export async function endAssignment(
  session: Session,
  asked: { assignmentId: string; toOn: string },
): Promise<{ personId: string }> {
  const { assignmentId, toOn } = asked
  const scope = scopeOf(session, 'system-admin')
  const personId = await write(async (tx) => {
    const [row] = await tx.select().from(assignment).where(eq(assignment.id, assignmentId))
    if (!row) throw outside('任职')
    const found = await findPerson(tx, scope, row.personId)
    const held = found.held.find((one) => one.id === assignmentId)
    if (!held || !inScope(scope, held.path)) throw outside('任职')
    if (held.toOn) throw new Refusal('already-done', `这个任职已到${held.toOn}止。`)
    if (toOn < held.fromOn) {
      throw new WrongField(
        'toOn',
        'invalid',
        `结束日期早于任职日期${held.fromOn}。`,
        '请改成任职日期或以后的一天。',
      )
    }
    await endOne(tx, session, found.id, assignmentId, toOn)
    return row.personId
  })
  forgetPerson(personId)
  return { personId }
}

async function endOne(tx: Database, session: Session, personId: string, id: string, toOn: string) {
  await tx.update(assignment).set({ toOn }).where(eq(assignment.id, id))
  await noteAct(tx, session.person.id, 'assignment-ended', personId, { assignment: id, toOn })
}

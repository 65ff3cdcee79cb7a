// Objections of a person to refused time or to a cell of the map. Kept with their answers; nothing changes by itself.
import { and, desc, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { dispute, refusedTime } from '#db/schema/record.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { Refusal } from '#refusal.ts'

export type Dispute = typeof dispute.$inferSelect

/**
 * Files an objection. `about` is `time:<event>` or `cell:<indicator>`.
 * @throws Refusal `invalid` if it says nothing or is about nothing, `not-found` if that is not the person's own.
 */
export async function fileDispute(personId: string, about: string, text: string): Promise<void> {
  if (!/^(time|cell):[a-z0-9-]{1,80}$/.test(about)) {
    throw new Refusal('invalid', '没有认出是对哪一条的异议。', '请回到学习记录，从那一条下面提出。')
  }
  if (text.trim() === '') throw new Refusal('invalid', '还没有写内容。', '请写几句当时的情况。')
  if (text.includes('\0')) throw new Refusal('invalid', '里面有看不见的字符。', '请删去后再提交。')
  if (text.length > 1000) throw new Refusal('invalid', '写得太长了。', '请写在一千字以内。')
  if (!(await concerns(personId, about))) {
    throw new Refusal('not-found', '这一条不在你的记录里。', '请回到学习记录，从那一条下面提出。')
  }
  const row = { id: v7(), personId, about, text, at: now().toISOString() }
  await write((tx) => tx.insert(dispute).values(row))
}

async function concerns(personId: string, about: string): Promise<boolean> {
  const [kind, id = ''] = about.split(':')
  if (kind === 'cell') return indicatorsOf(modelInUse().model).some((indicator) => indicator.id === id)
  const mine = and(eq(refusedTime.personId, personId), eq(refusedTime.eventId, id))
  return (await read.select({ id: refusedTime.eventId }).from(refusedTime).where(mine)).length > 0
}

/** Objections of a person, newest first. */
export function disputesOf(personId: string): Promise<Dispute[]> {
  return read.select().from(dispute).where(eq(dispute.personId, personId)).orderBy(desc(dispute.at))
}

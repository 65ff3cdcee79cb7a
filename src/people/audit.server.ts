// What administrators and the process did, for the audit administrator. Ids only, never names or numbers: the
// lines outlive the persons they are about.
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import type { Database } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'

/** Who acts when no person does. */
export const theProcess = 'process'

/** Adds a line to the audit log, in the transaction of what it tells of. */
export async function noteAct(
  tx: Database,
  actorId: string,
  act: string,
  target: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await tx.insert(audit).values({ id: v7(), actorId, act, target, detail, at: now().toISOString() })
}

// Dated, immutable versions of rules, calibrations and severities: read once, kept in memory, added to by one door.
import type { Database } from '#db/database.server.ts'
import { read, write } from '#db/database.server.ts'
import { version } from '#db/schema/record.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import type { Calibration } from '#record/evidence/evidence.ts'
import type { HourRule } from '#record/hours/rule.ts'
import type { InForce } from '#record/ledger.ts'

type Kind = 'hour-rule' | 'calibration' | 'severity' | 'model'
type Dated = { fromAt: string; body: unknown }

let known: Map<string, Dated[]> | null = null

/** The versions as they are now; call `forgetVersions` after the database was opened anew. */
export async function versionsInForce(): Promise<InForce> {
  known ??= await load(read)
  return inForceOf(known)
}

/** The versions as they are stored at this moment, whatever is kept in memory. */
export async function storedVersions(db: Database): Promise<InForce> {
  return inForceOf(await load(db))
}

/** What a calibration is of. */
export const calibrationSubject = (item: string, revision: number) => `${item}@${revision}`

function inForceOf(all: Map<string, Dated[]>): InForce {
  const at = (kind: Kind, subject: string, when: string) =>
    all.get(`${kind} ${subject}`)?.findLast(({ fromAt }) => fromAt <= when)?.body ?? null
  return {
    hourRule: (when) => {
      const rule = at('hour-rule', 'in-force', when)
      if (rule === null) throw new Error(`No hour rule is in force at ${when}.`)
      return rule as HourRule
    },
    calibration: (item, revision, when) =>
      at('calibration', calibrationSubject(item, revision), when) as Calibration | null,
    severity: (rater, when) => at('severity', rater, when) as number | null,
    indicator: indicatorNow,
  }
}

async function load(db: Database): Promise<Map<string, Dated[]>> {
  const all = new Map<string, Dated[]>()
  for (const row of await db.select().from(version).orderBy(version.fromAt)) {
    const key = `${row.kind} ${row.subject}`
    all.set(key, [...(all.get(key) ?? []), { fromAt: row.fromAt, body: row.body }])
  }
  return all
}

export function forgetVersions() {
  known = null
}

/** Puts a version in force from an instant on; an earlier one from the same instant stands and nothing is written. */
export async function addVersion(kind: Kind, subject: string, fromAt: string, name: string, body: unknown) {
  await write((tx) => addVersionIn(tx, kind, subject, fromAt, name, body))
  forgetVersions()
}

/** `addVersion()` within a job, for several that belong together; whoever calls forgets the versions after the commit. */
export async function addVersionIn(
  tx: Database,
  kind: Kind,
  subject: string,
  fromAt: string,
  name: string,
  body: unknown,
) {
  await tx.insert(version).values({ kind, subject, fromAt, version: name, body }).onConflictDoNothing()
}

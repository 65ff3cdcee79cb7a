// Which hour rule is in force, and since when. A changed file is a new dated version; earlier credit stays as it is.
import { and, desc, eq, lte } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { version } from '#db/schema/record.ts'
import type { HourRule } from '#record/hours/rule.ts'
import { addVersion } from '#record/versions.server.ts'

/** The rule sets of this installation, as their files say; empty until the process has read them. */
export let hourRules: readonly HourRule[] = []

export function useHourRules(read: readonly HourRule[]) {
  hourRules = read
}

/** The rows of `version` that are hour rules in force. */
export const ofRules = and(eq(version.kind, 'hour-rule'), eq(version.subject, 'in-force'))

/** The rule set in force now, and the instant since when; null before one was chosen. */
export async function ruleInForce(): Promise<{ rule: HourRule; since: string } | null> {
  const at = now().toISOString()
  const begun = and(ofRules, lte(version.fromAt, at))
  const [newest] = await read.select().from(version).where(begun).orderBy(desc(version.fromAt)).limit(1)
  return newest ? { rule: newest.body as HourRule, since: newest.fromAt } : null
}

/** Puts a rule in force from now on, or from the beginning if there was none. Does nothing if it is in force. */
export async function putInForce(rule: HourRule): Promise<void> {
  const [newest] = await read.select().from(version).where(ofRules).orderBy(desc(version.fromAt)).limit(1)
  const name = `${rule.id}@${rule.version}`
  if (newest && newest.version === name && JSON.stringify(newest.body) === JSON.stringify(rule)) return
  await addVersion(
    'hour-rule',
    'in-force',
    newest ? now().toISOString() : '1970-01-01T00:00:00.000Z',
    name,
    rule,
  )
}

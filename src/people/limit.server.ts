// How often somebody may try. Counted in the database, so a restart forgets nothing; a try is counted before it is
// checked, so tries sent all at once get no further. Keys are keyed hashes: the table names nobody.
import { createHmac } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { limit } from '#db/schema/people.ts'
import { settings } from '#env.ts'

/** So many tries in a window that begins with the first of them. */
export type Allowance = { name: string; tries: number; minutes: number }

/** Wrong passwords of one account. */
export const perAccount: Allowance = { name: 'account', tries: 10, minutes: 15 }
/** Wrong second factors of one account. */
export const perSecondFactor: Allowance = { name: 'second', tries: 10, minutes: 15 }
/** All tries from one address: a class of three hundred in one hall shares it and mistypes, so this only stops machines. */
export const perAddress: Allowance = { name: 'address', tries: 600, minutes: 5 }
/** Messages of feedback from one address. */
export const perFeedback: Allowance = { name: 'feedback', tries: 30, minutes: 10 }

const keyOf = (allowance: Allowance, subject: string) =>
  `${allowance.name}:${createHmac('sha256', settings.secret).update(subject).digest('base64url').slice(0, 22)}`

const window = (allowance: Allowance) => allowance.minutes * 60_000

/** Takes one try, as a job of its own or inside another. Null if it is allowed, else the instant from which one may try again. */
export async function take(allowance: Allowance, subject: string, within?: Database): Promise<Date | null> {
  const at = now().getTime()
  const over = sql`${limit.since} <= ${at - window(allowance)}`
  const job = (tx: Database) =>
    tx
      .insert(limit)
      .values({ key: keyOf(allowance, subject), count: 1, since: at })
      .onConflictDoUpdate({
        target: limit.key,
        set: {
          count: sql`case when ${over} then 1 else ${limit.count} + 1 end`,
          since: sql`case when ${over} then ${at} else ${limit.since} end`,
        },
      })
      .returning()
  const [row] = await (within ? job(within) : write(job))
  if (!row) throw new Error('The count of tries was not stored.')
  return row.count > allowance.tries ? new Date(row.since + window(allowance)) : null
}

/** True if no try is left; none is taken. */
export async function isSpent(
  allowance: Allowance,
  subject: string,
  within: Database = read,
): Promise<boolean> {
  const mine = eq(limit.key, keyOf(allowance, subject))
  const [row] = await within.select().from(limit).where(mine)
  return row !== undefined && row.count >= allowance.tries && row.since > now().getTime() - window(allowance)
}

/** Forgets the tries of a subject, as a job of its own or inside another. */
export async function forgive(allowance: Allowance, subject: string, within?: Database): Promise<void> {
  const job = (tx: Database) => tx.delete(limit).where(eq(limit.key, keyOf(allowance, subject)))
  await (within ? job(within) : write(job))
}

/** Deletes counts whose window is long over. */
export async function forgetOldTries(tx: Database, at: Date): Promise<void> {
  await tx.delete(limit).where(lt(limit.since, at.getTime() - 86_400_000))
}

/** An IPv6 customer has a whole /64, so that counts as one address. */
export function addressGroup(address: string): string {
  if (!address.includes(':') || /^::ffff:\d+\./i.test(address)) return address.replace(/^::ffff:/i, '')
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')
}

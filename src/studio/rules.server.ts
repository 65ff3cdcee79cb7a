// The county's decisions about writing, as they are stored; kept in memory, since every save asks for them.
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { studioRule } from '#db/schema/studio.ts'
import { noteAct } from '#people/audit.server.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import type { Lists } from '#studio/check/advise.ts'
import { readLists } from '#studio/check/lists.server.ts'
import { noWatchedWords, ReadingsAsked, threeReadings, WatchedWords } from '#studio/rules.ts'

const contentDir = join(import.meta.dirname, '../../content')

async function stored<Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  otherwise: z.output<Shape>,
): Promise<z.output<Shape>> {
  const [row] = await read.select().from(studioRule).where(eq(studioRule.name, name))
  return row ? shape.parse(row.value) : otherwise
}

/** How many readings each kind needs. */
export const readingsAsked = () => stored('readings', ReadingsAsked, threeReadings)

/** The county's words and persons. */
export const watchedWords = () => stored('watched', WatchedWords, noWatchedWords)

let ours: Promise<Pick<Lists, 'misattributions' | 'doubtfulFigures'>> | null = null

/** Everything that texts are compared with while they are written. */
export async function listsInForce(): Promise<Lists> {
  ours ??= readLists(contentDir).then(({ lists }) => lists)
  return { ...(await ours), ...(await watchedWords()) }
}

/** @throws Refusal for who does not publish for the whole county. */
async function decide(by: Session, name: string, value: unknown) {
  if (!isWhole(scopeOf(by, 'publisher')))
    throw new Refusal('not-yours', '这些规定由全县的发布人来改。', '请联系县里的发布人。')
  const row = { name, value, changedBy: by.person.id, changedAt: now().toISOString() }
  await write(async (tx) => {
    await tx.insert(studioRule).values(row).onConflictDoUpdate({ target: studioRule.name, set: row })
    await noteAct(tx, by.person.id, 'studio-rule-set', name)
  })
}

export const setReadings = (by: Session, asked: ReadingsAsked) => decide(by, 'readings', asked)
export const setWatchedWords = (by: Session, words: WatchedWords) => decide(by, 'watched', words)

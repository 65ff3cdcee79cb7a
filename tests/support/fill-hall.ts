// A hall with enough people for a session, in data that no process uses yet.
import { eq, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { assignment, person, pin, unit } from '#db/schema/people.ts'

/**
 * Gives a village of the demo so many cadres, all of them with the PIN of the demo's learner.
 * @returns them, with the numbers with which they sign in.
 */
export async function fillHall(
  dataDir: string,
  village: string,
  count: number,
): Promise<{ name: string; number: string }[]> {
  await openDatabase(dataDir)
  const [there] = await read.select().from(unit).where(eq(unit.name, village))
  const [learner] = await read.select().from(person).where(eq(person.number, 'learner'))
  const [known] = await read
    .select()
    .from(pin)
    .where(eq(pin.personId, learner?.id ?? ''))
  if (!there || !known) throw new Error('The demo has no cadre with a PIN.')
  const open = await read.select().from(person).where(isNull(person.closedAt)).orderBy(person.number)
  const posts = await read.select().from(assignment).where(eq(assignment.unitId, there.id))
  const own = open.filter(({ id }) => posts.some(({ personId }) => personId === id))
  const sent = open.filter((one) => one.number.startsWith('QX') && !own.includes(one))
  const people = [...own, ...sent.slice(0, count - own.length)]
  await write(async (tx) => {
    for (const { id } of people) {
      await tx
        .insert(pin)
        .values({ ...known, personId: id })
        .onConflictDoNothing()
      if (own.some((one) => one.id === id)) continue
      const post = { post: 'grid-worker', fromOn: '2026-01-01', toOn: null, main: false }
      await tx.insert(assignment).values({ ...post, id: v7(), personId: id, unitId: there.id })
    }
  })
  await closeDatabase()
  return people
}

// By what everything was derived: the model, the targets of posts, and the way of counting. Who changes one of them has
// everybody derived anew; a note in the database says by what that was done last.
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'
import { modelWithPosts } from '#record/capability/model.server.ts'
import { canonicalJson } from '#record/events/chain.ts'

/** Raised when the code counts in another way than before. */
const wayOfCounting = 1

const name = 'derived-by'

/** What is in force now, as one hash. */
export const basisNow = () =>
  createHash('sha256')
    .update(canonicalJson({ ...modelWithPosts(), wayOfCounting }))
    .digest('hex')

/** True if everything was derived by what is in force now. */
export async function isDerivedByNow(): Promise<boolean> {
  const [row] = await read.select().from(mark).where(eq(mark.name, name))
  return row?.value === basisNow()
}

/** Notes that everything is derived by what was in force when that began. */
export async function noteBasis(value: string): Promise<void> {
  await write((tx) =>
    tx.insert(mark).values({ name, value }).onConflictDoUpdate({ target: mark.name, set: { value } }),
  )
}

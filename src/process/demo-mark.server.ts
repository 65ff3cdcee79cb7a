// Keeps the demo and the real thing apart: a database is marked as a demo before anything is put in it, a production
// process refuses a marked one, and a demo refuses one that is not.
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { mark } from '#db/schema/process.ts'

const name = 'demo'

/** Thrown when this process and this database do not belong together. */
export class WrongDatabase extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WrongDatabase'
  }
}

async function isMarked(): Promise<boolean> {
  return (await read.select().from(mark).where(eq(mark.name, name))).length > 0
}

/**
 * Sees to it that a demo runs on a demo database and nothing else does; an empty one is marked for the demo.
 * @throws WrongDatabase
 */
export async function requireOwnDatabase(demo: boolean, dataDir: string): Promise<void> {
  const marked = await isMarked()
  if (marked && !demo)
    throw new WrongDatabase(
      `${dataDir} 里是演示用的数据库，正式运行不能用它。请把 DATA_DIR 设为另一个目录，或删掉这个目录再启动。`,
    )
  if (marked || !demo) return
  if ((await read.select().from(person).limit(1)).length > 0)
    throw new WrongDatabase(`${dataDir} 里有正式的数据，演示不会动它。请用 DATA_DIR 为演示另选一个目录。`)
  await write((tx) => tx.insert(mark).values({ name, value: 'yes' }))
}

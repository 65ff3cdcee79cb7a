// A process of its own that opens a database, which may migrate it, and says how far it is; the tests kill it.
import { closeDatabase, openDatabase } from '#db/database.server.ts'

const [dataDir = ''] = process.argv.slice(2)
const told = (line: string) => void process.stdout.write(`${line}\n`)

told('begin')
try {
  await openDatabase(
    dataDir,
    {},
    { say: told, progress: (done, all, what) => told(`${what} ${done}/${all}`) },
  )
  await closeDatabase()
  told('open')
} catch (error) {
  told((error as Error).message)
}

// A process of its own that opens a database, writes to it and says what was acknowledged; the tests kill it.
import { openDatabase, write } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'

const [dataDir = '', rows = '0'] = process.argv.slice(2)

try {
  await openDatabase(dataDir, { hello: async (args) => `hello ${String(args)}` })
  process.stdout.write('open\n')
  for (let i = 0; i < Number(rows); i++) {
    await write((tx) => tx.insert(mark).values({ name: `${process.pid}-${i}`, value: 'x' }))
    process.stdout.write(`${i}\n`)
  }
  setInterval(() => undefined, 1000)
} catch (error) {
  process.stdout.write(`${(error as Error).name}\n`)
}

// A process of its own that holds the database of another, as a backup program or an editor of databases would:
// `node lock-holder.ts FILE`. Says `held`, and gives it back when its input ends.
import { createClient } from '@libsql/client'

const [file = ''] = process.argv.slice(2)
const client = createClient({ url: `file:${file}`, concurrency: 1 })

/** The owner writes in short turns; between two of them the file is free. */
async function take() {
  for (;;) {
    try {
      return await client.transaction('write')
    } catch {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const held = await take()
console.log('held')
await new Promise((resolve) => process.stdin.once('end', resolve).resume())
await held.rollback()
client.close()

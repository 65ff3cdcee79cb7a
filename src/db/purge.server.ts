// What never leaves the house with a copy of the database: whoever has a session's token is signed in, and a one-time
// code that was used since would be valid again in the copy.
import type { Client } from '@libsql/client'

/** Second-step secrets stay: they are encrypted with SECRET, and without them a password alone would open an account. */
const purged = ['session', 'verification', 'slip']

/** Deletes sessions, half-done sign-ins and one-time codes so that their bytes are gone from the file too. */
export async function purge(client: Client): Promise<void> {
  await client.execute('PRAGMA secure_delete = ON')
  for (const table of purged) await client.execute(`DELETE FROM ${table}`)
}

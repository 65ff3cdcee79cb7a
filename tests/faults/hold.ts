// Locks a database from another process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const script = join(import.meta.dirname, '..', 'support', 'lock-holder.ts')

/** Resolves when the other process has the file of a folder, with what makes it give it back. */
export async function hold(dataDir: string): Promise<() => Promise<unknown>> {
  const file = join(dataDir, 'lianxue.db')
  const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  await once(child.stdout, 'data')
  return () => (child.stdin.end(), closed)
}

// Makes plain scripts for browsers of our sources, in a process of its own, so that a running site is not held up.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const bundle = fileURLToPath(import.meta.resolve('#process/bundle.ts'))
const mostBytes = 16 * 1024 * 1024

/** One script of each source, in their order. @param sources files. */
export async function bundleScripts(sources: readonly string[]): Promise<string[]> {
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)(process.execPath, [bundle, ...sources], {
    env,
    maxBuffer: mostBytes,
  })
  return JSON.parse(stdout) as string[]
}

// Builds the Astro project that ours is compared with.
import { execFile } from 'node:child_process'
import { cpSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..')

/** Builds it in a folder of its own below `folder`; returns what its process has to be told. */
export async function buildAstroRival(folder: string): Promise<Record<string, string>> {
  const project = join(folder, 'astro')
  cpSync(join(import.meta.dirname, 'astro'), project, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'rival', private: true, type: 'module' }),
  )
  const astro = join(fileURLToPath(import.meta.resolve('astro/package.json')), '../bin/astro.mjs')
  const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(process.execPath, [astro, 'build'], { cwd: project, env })
  const entry = join(project, 'dist/server/entry.mjs')
  return { NODE_ENV: 'production', ASTRO_ENTRY: entry, BEATS_DB: join(folder, 'rival.db') }
}

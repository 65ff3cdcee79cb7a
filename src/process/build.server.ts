// Builds the pages (dist/) when their sources have changed since the last time.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleScripts } from '#process/bundle.server.ts'
import type { AstroHandler } from '#process/render.server.ts'

export const root = join(import.meta.dirname, '../..')
/** Where the build puts what the process runs, and what browsers fetch. */
export const built = { entry: join(root, 'dist/server/entry.mjs'), client: join(root, 'dist/client') }

/**
 * What `npm run build` made.
 * @throws Error when it was not run.
 */
export async function builtHandler(): Promise<AstroHandler> {
  if (!existsSync(built.entry)) throw new Error('页面还没有构建。请先运行 npm run build。')
  const { handler } = (await import(built.entry)) as { handler: AstroHandler }
  return handler
}

/** The service worker of the screens in village halls: one script by itself, at the top so that it may answer for them. */
const worker = {
  source: fileURLToPath(import.meta.resolve('#kiosk/pack/worker/worker.ts')),
  made: join(built.client, 'kiosk-worker.js'),
}

const sources = ['src', 'public', 'astro.config.mjs', 'package-lock.json']
const fingerprintFile = join(root, 'dist/.sources')

function filesBelow(path: string): string[] {
  const file = join(root, path)
  if (!existsSync(file)) return []
  if (path.includes('.')) return [file]
  const entries = readdirSync(file, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** One hash over all sources of the build. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesBelow).toSorted()) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

const isBuiltFrom = (print: string) =>
  existsSync(built.entry) && existsSync(fingerprintFile) && readFileSync(fingerprintFile, 'utf8') === print

/**
 * Builds if need be.
 * @param say is told what is done, and what the builder prints.
 * @throws Error if the build fails.
 */
export async function buildIfNeeded(say: (line: string) => void): Promise<void> {
  const print = fingerprint()
  if (isBuiltFrom(print)) return say('页面已经构建过，没有变化。')
  say('正在构建页面，要几秒到半分钟……')
  const began = performance.now()
  await build(say)
  writeFileSync(worker.made, (await bundleScripts([worker.source]))[0] ?? '')
  writeFileSync(fingerprintFile, print)
  say(`页面构建完成，用了 ${Math.round((performance.now() - began) / 1000)} 秒。`)
}

function build(say: (line: string) => void): Promise<void> {
  const astro = join(fileURLToPath(import.meta.resolve('astro/package.json')), '../bin/astro.mjs')
  const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' }
  const builder = spawn(process.execPath, [astro, 'build'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told: string[] = []
  const listen = (chunk: Buffer) => {
    told.push(chunk.toString())
    for (const line of chunk.toString().split('\n'))
      if (/building|built|✓/.test(line)) say(`  ${line.trim()}`)
  }
  builder.stdout.on('data', listen)
  builder.stderr.on('data', listen)
  return new Promise((resolve, reject) => {
    builder.once('error', reject)
    builder.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`页面构建失败。构建程序说：\n${told.join('').slice(-4000)}`)),
    )
  })
}

// How long it takes until the site answers: on an empty folder, on one with data, and from nothing but a clone.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../support/site.ts'
import { settingsIn } from './settings.ts'
import { figure, type Line } from './table.ts'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

/** @param install whether to measure `npm ci` too, which takes minutes and fetches packages. */
export async function measureStarts(install: boolean): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  try {
    const first = await secondsUntilAnswer(dataDir)
    const second = await secondsUntilAnswer(dataDir)
    return [
      { what: 'npm start, first time, until /healthz answers', measured: `${figure(first)} s` },
      { what: 'npm start, second time', measured: `${figure(second)} s` },
      {
        what: 'npm ci in a fresh clone',
        measured: install ? `${figure(await installSeconds())} s` : 'not measured, use --install',
      },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function secondsUntilAnswer(dataDir: string): Promise<number> {
  const port = String(await freePort())
  const settings = { ...settingsIn(dataDir), PORT: port, ORIGIN: `http://127.0.0.1:${port}` }
  const began = performance.now()
  const env = { ...process.env, ...settings }
  const child = spawn(process.execPath, [join(root, 'src/commands/start.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'close')
  while (child.exitCode === null && !(await answers(`${settings.ORIGIN}/healthz`)))
    await new Promise((resolve) => setTimeout(resolve, 20))
  const seconds = (performance.now() - began) / 1000
  if (child.exitCode !== null) throw new Error('npm start ended before it answered.')
  child.kill('SIGTERM')
  await ended
  return seconds
}

const answers = (url: string) =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  )

async function installSeconds(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-clone-'))
  try {
    await run('git', ['clone', '--quiet', root, folder])
    const began = performance.now()
    await run('npm', ['ci'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    return (performance.now() - began) / 1000
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

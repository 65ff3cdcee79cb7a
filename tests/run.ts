// Runs everything that must hold and ends with one line of counts. `--quick` leaves out the journeys in a browser.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Count = { passed: number; failed: number }

const bin = join(import.meta.dirname, '..', 'node_modules', '.bin')
const reports = join(tmpdir(), `lianxue-reports-${process.pid}`)
mkdirSync(reports, { recursive: true })

/** Runs a command and shows what it prints once it ends; a failing one is shown whole. */
function run(name: string, command: string, args: string[]): Promise<boolean> {
  const began = performance.now()
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
      FORCE_COLOR: '0',
      PATH: `${bin}:${process.env['PATH']}`,
    }
    const child = spawn(join(bin, command), args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const told: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => told.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => told.push(chunk))
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (code !== 0) console.log(Buffer.concat(told).toString().slice(-20_000))
      resolve(code === 0)
    })
  })
}

const one = async (ok: Promise<boolean>): Promise<Count> =>
  (await ok) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }

/** Counts of a runner that writes a JSON report; a runner that fails without a failed test counts as one. */
async function counted(ok: Promise<boolean>, report: string, read: (json: never) => Count): Promise<Count> {
  const fine = await ok
  try {
    const count = read(JSON.parse(readFileSync(report, 'utf8')) as never)
    return fine || count.failed > 0 ? count : { ...count, failed: 1 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function units(): Promise<Count> {
  const report = join(reports, 'vitest.json')
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  return counted(
    run('unit and integration tests', 'vitest', args),
    report,
    (json: { numPassedTests: number; numFailedTests: number }) => ({
      passed: json.numPassedTests,
      failed: json.numFailedTests,
    }),
  )
}

function journeys(): Promise<Count> {
  const report = join(reports, 'playwright.json')
  process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = report
  const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json']
  return counted(
    run('journeys in Chromium', 'playwright', args),
    report,
    (json: { stats: { expected: number; unexpected: number; flaky: number } }) => ({
      passed: json.stats.expected,
      failed: json.stats.unexpected + json.stats.flaky,
    }),
  )
}

const counts: Count[] = []
counts.push(await one(run('build', 'node', ['src/commands/build.ts'])))
counts.push(
  ...(await Promise.all([
    one(run('types', 'astro', ['check', '--minimumSeverity', 'error'])),
    one(run('lint', 'eslint', ['.'])),
  ])),
)
counts.push(
  ...(await Promise.all([
    one(run('types of islands', 'svelte-check', ['--tsconfig', './tsconfig.json', '--threshold', 'error'])),
    one(run('format', 'prettier', ['--check', '--log-level', 'warn', '.'])),
    one(run('dead code', 'knip', [])),
  ])),
)
counts.push(await units())
if (!process.argv.includes('--quick')) counts.push(await journeys())
rmSync(reports, { recursive: true, force: true })

const total = counts.reduce((sum, { passed, failed }) => ({
  passed: sum.passed + passed,
  failed: sum.failed + failed,
}))
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

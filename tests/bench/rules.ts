// Figures of vitest's own bench: what runs inside one process, in small pieces.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atMost, figure, type Line } from './table.ts'

const root = join(import.meta.dirname, '..', '..')

type Task = { name: string; latency: { p50: number; p99: number } }
type Report = { testResults: { assertionResults: { benchmarks: { name: string; tasks: Task[] }[] }[] }[] }

/** Runs the *.bench.ts files. */
export async function measureRules(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  try {
    const file = join(folder, 'report.json')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = [
      vitest,
      'bench',
      '--run',
      '--no-file-parallelism',
      '--reporter=json',
      `--outputFile=${file}`,
    ]
    await promisify(execFile)(process.execPath, args, { cwd: root })
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    return report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.flatMap(({ benchmarks }) =>
        benchmarks.flatMap(({ name, tasks }) => tasks.map((task) => lineOf(name, task))),
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function lineOf(name: string, task: Task): Line {
  const { p50, p99 } = task.latency
  const what = `${name} ${task.name}, p50`
  const more = `, p99 ${figure(p99)} ms`
  return name === 'a belief'
    ? atMost(what, p50, 0.3, ' ms', more)
    : { what, measured: `${figure(p50)} ms${more}` }
}

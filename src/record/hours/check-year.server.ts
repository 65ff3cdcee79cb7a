// Checks of closed years while they run and what came of the last one, kept in memory: deriving a whole county again takes
// longer than a person waits for a page.
import { now } from '#clock.server.ts'
import { reproduceYear, type Reproduced } from '#record/hours/reproduce-year.server.ts'
import { Refusal } from '#refusal.ts'

export type YearCheck =
  | { state: 'running'; people: number }
  | { state: 'done'; at: string; result: Reproduced }
  | { state: 'failed'; at: string }

const checks = new Map<number, YearCheck>()

/** The check of a year that runs or ran last since the process began, or null. */
export const yearCheck = (year: number): YearCheck | null => checks.get(year) ?? null

/** How long an answer may wait for the check, ms. */
const patience = 3_000

/**
 * Begins to check a closed year unless that is under way, and waits a little for it.
 * @throws Refusal `not-found` if the year is not closed. A fault of the machine is thrown to whoever still waits.
 */
export async function checkYear(year: number): Promise<YearCheck> {
  if (checks.get(year)?.state !== 'running') {
    const running = run(year)
    // Whoever has stopped waiting reads the state instead.
    running.catch(() => undefined)
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, patience).unref())])
  }
  return checks.get(year) as YearCheck
}

async function run(year: number): Promise<void> {
  checks.set(year, { state: 'running', people: 0 })
  try {
    const result = await reproduceYear(year, (people) => checks.set(year, { state: 'running', people }))
    checks.set(year, { state: 'done', at: now().toISOString(), result })
  } catch (error) {
    // A year that is not closed was not checked.
    if (error instanceof Refusal) checks.delete(year)
    else checks.set(year, { state: 'failed', at: now().toISOString() })
    throw error
  }
}

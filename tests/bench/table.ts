// The table that the bench prints.

/** A line: what was measured, what came out, and what it should be. */
export type Line = { what: string; measured: string; target?: string; met?: boolean }

/** A figure with as many digits as mean something. */
export function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}

/** A line whose figure must be at least so much. */
export const atLeast = (what: string, value: number, target: number, unit: string, more = ''): Line => ({
  ...{ what, measured: `${figure(value)}${unit}${more}` },
  ...{ target: `≥ ${target.toLocaleString('en-US')}${unit}`, met: value >= target },
})

/** A line whose figure must be at most so much. */
export const atMost = (what: string, value: number, target: number, unit: string, more = ''): Line => ({
  ...{ what, measured: `${figure(value)}${unit}${more}` },
  ...{ target: `≤ ${target.toLocaleString('en-US')}${unit}`, met: value <= target },
})

/** Prints a part of the table. */
export function print(title: string, lines: Line[]): void {
  console.log(`\n${title}`)
  for (const { what, measured, target = '', met } of lines) {
    const judged = met === undefined ? '' : met ? 'met' : 'MISSED'
    console.log(`  ${what.padEnd(58)} ${measured.padEnd(50)} ${target.padEnd(10)} ${judged}`.trimEnd())
  }
}

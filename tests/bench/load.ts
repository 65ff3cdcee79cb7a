// Load by autocannon, in rounds that take turns, so that a machine that slows down slows all contenders down.
import autocannon, { type Client } from 'autocannon'

export const connections = 64
/** A process that has run for a while has its hot paths compiled; a site runs for weeks. */
const warmUpSeconds = 6
const roundSeconds = 3
const rounds = 2

export type Contender = {
  url: string
  /** Open connections; 64 unless it says otherwise. */
  connections?: number
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** Prepares each connection. */
  setup?: (client: Client) => void
  /** Before each round, and after it. */
  before?: () => Promise<unknown>
  after?: () => Promise<unknown>
}

/** Requests a second, and within how many ms half of them and 99 % of them were answered. */
export type Result = { perSecond: number; p50: number; p99: number }

type Round = { answered: number; seconds: number; times: number[] }

/** Loads the contenders in turn. @throws Error if one of them answers anything but 200. */
export async function compete<Name extends string>(
  contenders: Record<Name, Contender>,
): Promise<Record<Name, Result>> {
  const names = Object.keys(contenders) as Name[]
  const played = new Map(names.map((name) => [name, [] as Round[]]))
  for (const name of names) await play(contenders[name], warmUpSeconds)
  for (let i = 0; i < rounds; i++)
    for (const name of names) played.get(name)?.push(await play(contenders[name], roundSeconds))
  return Object.fromEntries(names.map((name) => [name, sumUp(played.get(name) ?? [])])) as Record<
    Name,
    Result
  >
}

async function play(
  { url, method = 'GET', headers = {}, setup, before, after, ...pace }: Contender,
  duration: number,
) {
  const times: number[] = []
  const setupClient = (client: Client) => {
    client.on('response', (_status, _bytes, milliseconds) => times.push(milliseconds))
    setup?.(client)
  }
  await before?.()
  const result = await autocannon({ url, method, headers, connections, duration, setupClient, ...pace })
  await after?.()
  if (result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 200, ${result.errors} failed.`)
  return { answered: result['2xx'], seconds: result.duration, times }
}

function sumUp(played: Round[]): Result {
  const sum = (of: (round: Round) => number) => played.reduce((total, round) => total + of(round), 0)
  const times = played.flatMap((round) => round.times)
  return {
    perSecond: sum((round) => round.answered) / sum((round) => round.seconds),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

/** The smallest value that a share of all values does not exceed. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

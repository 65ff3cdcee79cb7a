import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log } from '#process/log.server.ts'
import { startSchedule } from '#process/schedule.server.ts'

log.level = 'silent'
beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-22T15:59:00Z') }))
afterEach(() => vi.useRealTimers())

const quiet = {
  publishDue: async () => undefined,
  sweepSignIn: async () => undefined,
  keepBackups: async () => undefined,
  handInOverdue: async () => undefined,
  renewMaps: async () => ({}),
  describeItems: async () => undefined,
  settleFailed: () => undefined,
  sweepKiosks: async () => undefined,
}
const minutes = (n: number) => vi.advanceTimersByTimeAsync(n * 60_000)

test('silent visits end each half minute, and the record is fixed once, ten minutes after midnight in China', async () => {
  let visits = 0
  const roots: string[] = []
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => (roots.push(new Date().toISOString()), {}),
    endSilentVisits: async () => void visits++,
  })
  await minutes(5)
  expect(visits).toBe(10)
  expect(roots).toEqual([])
  await minutes(60 * 24)
  expect(roots).toEqual(['2026-11-22T16:10:00.000Z'])
  await stop()
  await minutes(60 * 24)
  expect(roots).toHaveLength(1)
})

test('a chore that fails comes again, and does not keep the others from their turn', async () => {
  let tries = 0
  let roots = 0
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => (roots++, {}),
    endSilentVisits: async () => {
      tries++
      throw new Error('the disk is full')
    },
  })
  await minutes(12)
  expect([tries, roots]).toEqual([24, 1])
  await stop()
})

test('a chore that takes long is not begun a second time meanwhile, and the end waits for it', async () => {
  let begun = 0
  let done = 0
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => ({}),
    endSilentVisits: async () => {
      begun++
      await new Promise((resolve) => setTimeout(resolve, 95_000))
      done++
    },
  })
  await minutes(1)
  expect([begun, done]).toEqual([1, 0])
  const stopped = stop()
  await minutes(2)
  await stopped
  expect([begun, done]).toEqual([1, 1])
})

test('each hour it is asked whether a backup is due, at half past midnight too, and visits do not wait for it', async () => {
  const asked: string[] = []
  let visits = 0
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => ({}),
    endSilentVisits: async () => void visits++,
    keepBackups: async () => {
      asked.push(new Date().toISOString())
      await new Promise((resolve) => setTimeout(resolve, 20 * 60_000))
    },
  })
  await minutes(45)
  expect([asked, visits]).toEqual([['2026-11-22T16:30:00.000Z'], 90])
  const stopped = stop()
  await minutes(10)
  await stopped
})

test('a backup that fails is tried again within the hour', async () => {
  let tries = 0
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => ({}),
    endSilentVisits: async () => undefined,
    keepBackups: async () => {
      tries++
      throw new Error('the disk is full')
    },
  })
  await minutes(60 * 3)
  expect(tries).toBe(3)
  await stop()
})

test('before morning the answers of tests are counted once, and visits do not wait for it', async () => {
  const counted: string[] = []
  let visits = 0
  const stop = startSchedule({
    ...quiet,
    storeRoot: async () => ({}),
    endSilentVisits: async () => void visits++,
    describeItems: async () => {
      counted.push(new Date().toISOString())
      await new Promise((resolve) => setTimeout(resolve, 10 * 60_000))
    },
  })
  await minutes(60 * 4)
  expect([counted, visits]).toEqual([['2026-11-22T19:10:00.000Z'], 480])
  await stop()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clockIsWrong,
  fleetStates,
  healthOf,
  isIn,
  sayContact,
  sayClock,
  sayStorage,
  silenceOf,
  storageIsShort,
  type Around,
  type FleetState,
  type Said,
} from '#kiosk/fleet/health.ts'

const at = Date.parse('2026-11-27T08:00:00.000Z')
const hours = (count: number) => new Date(at - count * 3_600_000).toISOString()
const around: Around = { at, packs: new Map([['county', 'v2']]), goodDays: 45, withdrawnAt: null }
const screen: Said = {
  ...{ playlist: 'county', helloAt: hours(1), pack: 'v2', queue: 0 },
  ...{ clockErrorSeconds: 0, storageUsed: null, storageQuota: null },
}

test.each([
  [0, 'near'],
  [47, 'near'],
  [48, 'yellow'],
  [7 * 24 - 1, 'yellow'],
  [7 * 24, 'orange'],
  [21 * 24 - 1, 'orange'],
  [21 * 24, 'red'],
  [9_000, 'red'],
])('a screen that was met %i hours ago is %s', (ago, silence) => {
  expect(silenceOf(hours(ago), at)).toBe(silence)
})

test('a screen that was never met is no silent one', () => {
  expect(silenceOf(null, at)).toBe('never')
  expect(sayContact(null, at)).toBe('还没有联系过')
})

test.each([
  [0.01, '刚刚联系过'],
  [0.5, '30分钟前联系过'],
  [5, '5小时前联系过'],
  [9 * 24 + 3, '9天没有联系'],
  [24 * 800, '2年没有联系'],
  [-3, '刚刚联系过'],
])('the last contact %d hours ago is said in words', (ago, words) => {
  expect(sayContact(hours(ago), at)).toBe(words)
})

test.each([
  [null, '还不知道', false],
  [-59, '准', false],
  [180, '快了3分钟', false],
  [-7_200, '慢了2小时', true],
  [-3 * 365 * 86_400, '慢了3年', true],
])('a clock that is off by %s seconds: %s', (error, words, wrong) => {
  expect(sayClock(error)).toBe(words)
  expect(clockIsWrong(error)).toBe(wrong)
})

test('storage is said in words, and is short when the next pack may not fit beside the present one', () => {
  expect(sayStorage(58 * 1024 ** 2, 2.5 * 1024 ** 3)).toBe('用了58 MB，还能用2.4 GB')
  expect(sayStorage(null, null)).toBe('没有说')
  expect(storageIsShort(100 * 1024 ** 2, 160 * 1024 ** 2)).toBe(true)
  expect(storageIsShort(100 * 1024 ** 2, 180 * 1024 ** 2)).toBe(false)
  expect(storageIsShort(null, null)).toBe(false)
})

test('a pack is current, old or over, and is over for whoever was not met for as long as it is good', () => {
  const packOf = (said: Partial<Said>) => healthOf({ ...screen, ...said }, around).packState
  expect(packOf({})).toBe('current')
  expect(packOf({ pack: 'v1' })).toBe('old')
  expect(packOf({ pack: null })).toBe('none')
  expect(packOf({ helloAt: null })).toBe('none')
  expect(packOf({ helloAt: hours(45 * 24) })).toBe('over')
  expect(healthOf(screen, around).packEnds).toBe(hours(1 - 45 * 24))
  // Nothing was built yet for this playlist: nobody can say that another one is newer.
  expect(packOf({ playlist: 'other', pack: 'v1' })).toBe('current')
})

test('whoever was not met since something was withdrawn may still show it, unless its pack is over', () => {
  const misses = (said: Partial<Said>, withdrawnAt: string | null) =>
    healthOf({ ...screen, ...said }, { ...around, withdrawnAt }).missesWithdrawal
  expect(misses({ helloAt: hours(3) }, hours(2))).toBe(true)
  expect(misses({ helloAt: hours(1) }, hours(2))).toBe(false)
  expect(misses({ helloAt: hours(3) }, null)).toBe(false)
  expect(misses({ helloAt: hours(3), pack: null }, hours(2))).toBe(false)
  expect(misses({ helloAt: hours(46 * 24) }, hours(2))).toBe(false)
})

test('every screen is in exactly one kind of silence, and a queue or a wrong clock is found', () => {
  const silences: FleetState[] = ['never', 'near', 'yellow', 'orange', 'red']
  const hello = fc.option(fc.integer({ min: 0, max: 2_000 }).map(hours))
  fc.assert(
    fc.property(hello, (helloAt) => {
      const said = { ...screen, helloAt }
      const health = healthOf(said, around)
      expect(silences.filter((state) => isIn(state, said, health))).toEqual([health.silence])
    }),
  )
  const troubled = { ...screen, queue: 3, clockErrorSeconds: 86_400, pack: 'v1' }
  const health = healthOf(troubled, around)
  const states = Object.keys(fleetStates) as FleetState[]
  expect(states.filter((state) => isIn(state, troubled, health))).toEqual([
    'near',
    'old-pack',
    'queue',
    'trouble',
  ])
})

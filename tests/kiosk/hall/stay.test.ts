// Who stayed, who came late or left early, and what a session is worth by each published rule.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hallWorth } from '#kiosk/hall/hall-rule.ts'
import { lengthOf, stayedFor, stayOf } from '#kiosk/hall/stay.ts'
import { nanjing, shanxi, yunnan, zhengzhou } from '../../record/published-rules.ts'

const held = { startsAt: '2026-11-20T06:00:00.000Z', endsAt: '2026-11-20T07:30:00.000Z' }
const at = (minute: number) => new Date(Date.parse(held.startsAt) + minute * 60_000).toISOString()

test('coming before the beginning and staying to the end is the whole session', () => {
  expect(stayOf(held, { inAt: at(-10), outAt: null })).toEqual({ minutes: 90, late: 0, early: 0 })
  expect(lengthOf(held)).toBe(90)
})

test('who comes late or leaves early is seen, and within five minutes of the beginning nobody is late', () => {
  expect(stayOf(held, { inAt: at(4), outAt: null })).toEqual({ minutes: 86, late: 0, early: 0 })
  expect(stayOf(held, { inAt: at(12), outAt: at(80) })).toEqual({ minutes: 68, late: 12, early: 10 })
})

test('nine tenths of the session are asked for, and one minute less is not enough', () => {
  expect(stayedFor(0.9, held, { inAt: at(9), outAt: null })).toBe(true)
  expect(stayedFor(0.9, held, { inAt: at(10), outAt: null })).toBe(false)
  expect(stayedFor(0.9, held, { inAt: at(0), outAt: at(80) })).toBe(false)
  expect(stayedFor(0.9, held, { inAt: null, outAt: null })).toBe(false)
})

test('a session of no length gives nobody anything, and a tap on leaving before coming is nothing', () => {
  expect(stayedFor(0.9, { ...held, endsAt: held.startsAt }, { inAt: at(0), outAt: null })).toBe(false)
  expect(stayOf(held, { inAt: at(5), outAt: at(2) }).minutes).toBe(85)
})

test('nobody stays longer than the session lasts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -200, max: 200 }),
      fc.option(fc.integer({ min: -200, max: 200 })),
      (came, went) => {
        const { minutes } = stayOf(held, { inAt: at(came), outAt: went === null ? null : at(went) })
        expect(minutes).toBeGreaterThanOrEqual(0)
        expect(minutes).toBeLessThanOrEqual(90)
      },
    ),
  )
})

test('Nanjing gives three 学时 for a study group whatever its length, under the caps of that activity', () => {
  expect(hallWorth(nanjing, 40)).toEqual({
    ...{ hours: 3, meter: 'concentrated', activity: 'study-group' },
    basis: '按南京市干部教育培训学时管理（nanjing@1），“学习组学习”每次3学时',
  })
})

test('a rule without a word on it counts minutes, and says that this is a default of the platform', () => {
  expect(hallWorth(yunnan, 90)).toMatchObject({ hours: 1, meter: 'concentrated', activity: null })
  expect(hallWorth(yunnan, 90).basis).toBe(
    '云南省干部网络培训学时折算（2024年）（yunnan-2024@2024.1）没有写集体学习怎样记，按本平台的缺省，把90分钟照它的折算办法记1学时，记在集中培训一本',
  )
  expect(hallWorth(yunnan, 15).hours).toBe(0.25)
  for (const rule of [shanxi, zhengzhou]) expect(hallWorth(rule, 90).basis).toContain('按本平台的缺省')
})

test('a session of a few minutes gives nothing under any rule, so that nobody collects them', () => {
  for (const rule of [yunnan, nanjing, shanxi, zhengzhou])
    expect(hallWorth(rule, 14)).toMatchObject({
      hours: 0,
      basis: '不到15分钟的集体学习，按本平台的规定不记学时',
    })
})

// A rule set in words: a training officer checks it against the published text without reading the file.
import { expect, test } from 'vitest'
import type { HourRule } from '#record/hours/rule.ts'
import { sayRule, sayValidity, usualLengths } from '#record/hours/say-rule.ts'
import { nanjing, shanxi, yunnan, zhengzhou } from '../published-rules.ts'

const said = (rule: HourRule) => Object.fromEntries(sayRule(rule).map(({ name, says }) => [name, says]))

const once = '同一课一年只记一次；出了新版，可以再记一次。'
const summed = '按课程计：同一课程里一年内学完的各课，分钟数加在一起算。'
const done = (percent: number) => `看完各节、答对检查题，有效学习达到标注时长的${percent}%，才算学完一课。`
const whole = (share: string) =>
  `一门课程一年内学完的各课，达到全课程标注时长的${share}才记学时；不到${share}的先不记，到了一并记入。`

test('Yunnan', () => {
  expect(said(yunnan)).toEqual({
    折算: ['15分钟及以内记0.25学时；超过15分钟、不足30分钟记0.5学时；30分钟及以上记1学时。', summed],
    学完: [done(90), once],
    测试: ['通过课程测试，另记0.5学时。'],
    有效期: ['从2024-01-01起，没有写失效日。'],
  })
})

test('Shanxi', () => {
  expect(said(shanxi)).toEqual({
    折算: ['每45分钟记1学时，不足45分钟的部分按比例折算，取到0.1学时的整倍，多的舍去。', summed],
    学完: [done(90), whole('90%'), once],
    学分: ['必修1学时折1学分，选修1学时折0.5学分；没有写明必修的按选修折算。'],
    其他学习: ['组织调训：每天8学时、每半天4学时，1学时折1学分；记在集中培训。'],
    有效期: ['从2020-01-01起，没有写失效日。'],
  })
})

test('Zhengzhou', () => {
  expect(said(zhengzhou)).toMatchObject({
    折算: ['每60分钟记1学时。', '余下不足60分钟的部分：30分钟及以内不计；超过30分钟记0.5学时。', summed],
    学完: [done(100), whole('100%'), once],
    学分: ['1学时折1学分，必修选修相同。'],
  })
})

test('Nanjing', () => {
  expect(said(nanjing)).toMatchObject({
    其他学习: [
      '党校（行政学院）学习：每天6学时、每半天3学时；记在集中培训。',
      '外出培训：学时以核准的为准，同一项一年最多48学时；记在集中培训。',
      '单位内训：学时以核准的为准，同一项一年最多18学时；记在集中培训。',
      '授课：每授课1学时记5学时；记在集中培训。',
      '论文（12学时一档）：每项12学时；记在集中培训。',
      '论文（24学时一档）：每项24学时；记在集中培训。',
      '论文（48学时一档）：每项48学时；记在集中培训。',
      '学习组学习：每次3学时；记在集中培训。',
    ],
    年度要求: ['每年必修不少于56学时，必修和选修合计不少于84学时，网上必修不少于10学时。'],
    结转: ['各项年度要求都达到以后，多出的学时结转为下一年的选修；结转来的先用，只用到下一年。'],
  })
  expect(said(nanjing)).not.toHaveProperty('测试')
})

test('what other counties may write is said too', () => {
  const talk = { id: 'talk', title: '讲座', meter: 'online' as const, gives: { hour: 1 }, capPerYear: 10 }
  const rule: HourRule = {
    ...nanjing,
    per: 'lesson',
    completionRatio: 0.875,
    rounding: 1,
    activities: [talk],
    yearly: { total: 40 },
    carryOver: { to: 'elective', max: 20 },
    until: '2026-12-31',
  }
  expect(said(rule)).toMatchObject({
    折算: ['每45分钟记1学时，不足45分钟的部分不计。', '按课计：每一课单独算，不加在一起。'],
    学完: [done(87.5), once],
    其他学习: ['讲座：每小时1学时，全年最多10学时；记在网络自学。'],
    年度要求: ['每年必修和选修合计不少于40学时。'],
    结转: ['各项年度要求都达到以后，多出的学时结转为下一年的选修，最多20学时；结转来的先用，只用到下一年。'],
    有效期: ['从2020-01-01到2026-12-31。'],
  })
  expect(said({ ...rule, carryOver: 'none' })['结转']).toEqual(['当年多出的学时不结转。'])
  expect(said({ ...yunnan, steps: [{ hours: 1 }] })['折算']?.[0]).toBe('不论长短记1学时。')
  expect(said({ ...yunnan, steps: [{ atMostMinutes: 15, hours: 0 }, { hours: 1 }] })['折算']?.[0]).toBe(
    '15分钟及以内不计；超过15分钟记1学时。',
  )
  expect(sayValidity({ from: '2026-01-01' })).toBe('从2026-01-01起，没有写失效日。')
})

test('usual lengths are worth what the rule gives for them, with 学分 where it counts them', () => {
  expect(usualLengths(yunnan).map(({ minutes, hours }) => [minutes, hours])).toEqual([
    [10, 0.25],
    [15, 0.25],
    [20, 0.5],
    [30, 1],
    [45, 1],
    [60, 1],
    [90, 1],
    [120, 1],
  ])
  expect(usualLengths(yunnan)[0]).toMatchObject({ compulsory: null, elective: null })
  expect(usualLengths(shanxi).at(-1)).toEqual({ minutes: 120, hours: 2.6, compulsory: 2.6, elective: 1.3 })
})

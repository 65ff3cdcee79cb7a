// What a person reads about a test: before, during, after. Never a rank, never passing or failing.
import { expect, test } from 'vitest'
import { sayLine } from '#assessment/attempt/say-line.ts'
import { sayMove } from '#assessment/attempt/say-move.ts'
import { sayAside, sayEstimate, sayLevel, sayScore } from '#assessment/attempt/say-result.ts'
import { sayLength, sayRules } from '#assessment/attempt/say-rules.ts'
import type { Result } from '#assessment/attempt/result.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { adaptive, paper } from './world.ts'

const cuts = [-1.5, -0.5, 0.5, 1.5]

test('a score is a share with what another paper might give, and stays within 0 and 100', () => {
  expect(sayScore({ earned: 17.5, possible: 24, error: 0.09 })).toBe(
    '得分率73%。题目是抽出来的，换一份同样的卷子，多半会在64%到82%之间。',
  )
  expect(sayScore({ earned: 8, possible: 8, error: 0.1 })).toContain('90%到100%')
  expect(sayScore({ earned: 0, possible: 0, error: 0.5 })).toBe('这一次没有可以计分的题。')
})

test('an estimate is a level with its range, from this attempt alone, and says when it is a first one', () => {
  const estimate = { dimension: 'integrity', theta: 0.62, se: 0.7, provisional: true }
  expect(sayLevel(estimate, cuts)).toEqual({ level: '四级', range: '多半在三级到四级之间' })
  expect(sayEstimate(estimate, '廉洁与数字素养')).toBe(
    '“廉洁与数字素养”这一次的估计值是0.62，误差正负0.70。只按这一次的作答算，以前的记录不算在内。有的题目还没有校准，估计是初步的。',
  )
  const sure = { ...estimate, theta: 0, se: 0.3, provisional: false }
  expect(sayLevel(sure, cuts)).toEqual({ level: '三级', range: '算上误差也在三级' })
  expect(sayEstimate(sure, '廉洁')).not.toContain('初步')
})

test('what is not in the points is said: open, late, withdrawn, waiting, and why an adaptive test ended', () => {
  const result: Result = {
    ...{
      shown: 10,
      answered: 6,
      late: 1,
      withdrawn: 1,
      waiting: 2,
      areas: [],
      estimate: null,
      stopped: null,
    },
    score: { earned: 3, possible: 7, error: 0.2 },
  }
  expect(sayAside(result)).toEqual([
    '3道题没有答，或者没有答完，按0分算，不作能力的依据。',
    '2道简答题等两位老师评分，评好以后成绩会更新。',
    '1道题的答案是到时间或交卷以后才收到的，已经存下，没有计分。',
    '1道题在你答题期间撤下了，不计分；你的答案还存着。',
  ])
  expect(sayAside({ ...result, late: 0, withdrawn: 0, waiting: 0, stopped: 'precise' })).toEqual([
    '已经测得够准，提前结束。',
  ])
})

test('the rules say how questions come, how long, how often, what is told and who watches', () => {
  const rules = (body: object, share = 0) =>
    sayRules(Blueprint.parse(body), share)
      .map(({ about, says }) => `${about}：${says}`)
      .join('\n')
  const limited = { ...paper, attempts: { most: 3, waitDays: 14 } }
  expect(rules(limited, 0.5)).toContain('从开始算20分钟，按网站的钟，关了页面也照走。给你延长了10分钟。')
  expect(rules(limited)).toContain('一年最多3次，两次之间至少隔14天。')
  expect(rules({ ...limited, supervised: true, answers: 'none' })).toContain('不逐题讲评')
  expect(rules(adaptive)).toContain('答过的题不能回头改')
  expect([sayLength(Blueprint.parse(paper)), sayLength(Blueprint.parse(adaptive))]).toEqual([
    '8道题',
    '最多8道题',
  ])
  for (const body of [limited, adaptive]) expect(rules(body)).not.toMatch(/及格|名次：|优秀|淘汰/)
})

test('a move of the map is told with its reason, and an unopened cell is not told to be low', () => {
  const move = { indicator: 'openness', name: '公开', evidence: 2, review: 0, before: null, after: null }
  const three = { mean: -0.17, sd: 0.65, level: 3 }
  expect(sayMove(move)).toBe('记下2条依据。依据还只有一种，这一格先不打开，不代表低。')
  expect(sayMove({ ...move, after: three })).toBe('打开了：估计三级（−0.17±0.65）。')
  expect(sayMove({ ...move, before: three, after: { mean: 0.61, sd: 0.6, level: 4 }, review: 1 })).toBe(
    '从三级（−0.17±0.65）到四级（0.61±0.60）。有1题半年内答过，算复习。',
  )
  expect(sayMove({ ...move, before: three, after: { ...three, mean: -0.2, sd: 0.6 } })).toBe(
    '还在三级（从−0.17±0.65到−0.20±0.60）。',
  )
  expect(sayMove({ ...move, evidence: 0, review: 3 })).toBe('这一次的3题半年内都答过，算复习，估计没有变。')
})

test('beside the time stands in a few words whether all is saved', () => {
  const shown = { waiting: 0, kept: true, refused: '' }
  expect(sayLine({ ...shown, line: 'fine' })).toBe('已保存')
  expect(sayLine({ ...shown, line: 'fine', waiting: 1 })).toBe('保存中')
  expect(sayLine({ ...shown, line: 'busy', waiting: 2 })).toBe('网站忙，2题存在这台设备上')
  expect(sayLine({ ...shown, line: 'expired', waiting: 2, kept: false })).toBe('登录过期，2题别关这一页')
})

import { expect, test } from 'vitest'
import {
  ageing,
  answersWord,
  halfLifeWord,
  itemLabels,
  kindRules,
  kindsWord,
  mostErrorWord,
  severityWords,
  shareWord,
  smallestForLevelsWord,
  smallestWord,
  sureWord,
  unlikelyWord,
} from '#plan/model/say-model.ts'
import { evidenceKinds } from '#record/evidence/evidence.ts'
import { kindWeight, weigh } from '#record/evidence/weight.ts'
import { isMeasured } from '#record/capability/level.ts'

test('the page tells the weights that the maps are computed with', () => {
  const rules = kindRules()
  expect(rules.map(({ kind }) => kind)).toEqual([...evidenceKinds])
  for (const { kind, weight, unwatched } of rules) {
    expect(weight).toBe(kindWeight[kind])
    const atHome = weigh({ kind, at: '2026-11-27T04:00:00.000Z', unsupervised: true }, '2026-11-27')
    expect(unwatched).toBe(kind === 'scenario' || kind === 'procedure' ? atHome : null)
  }
})

test('the page tells how evidence ages, year by year', () => {
  expect(ageing().map(({ years, left }) => [years, Math.round(left * 100)])).toEqual([
    [0, 100],
    [1, 71],
    [2, 50],
    [3, 35],
    [5, 18],
  ])
  expect(halfLifeWord).toBe('两年')
})

test('the rules of a verdict are said in the words that people use', () => {
  expect([sureWord, unlikelyWord, kindsWord, shareWord, smallestWord]).toEqual([
    ...['八成', '两成', '两种', '两成', '五人'],
  ])
  expect(smallestForLevelsWord).toBe('十人')
  expect(itemLabels).toEqual({ slope: '1', easy: '−1', medium: '0', hard: '1' })
  expect(answersWord).toBe('200人')
  expect(severityWords).toEqual({ readings: '10次', persons: '5个人', sd: '0.5' })
})

test('the greatest error that the page names is the one at which an estimate is shown', () => {
  const most = Number(mostErrorWord)
  expect(isMeasured({ kinds: 2, sd: most })).toBe(true)
  expect(isMeasured({ kinds: 2, sd: most + 0.01 })).toBe(false)
})

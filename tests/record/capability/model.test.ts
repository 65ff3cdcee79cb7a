import { expect, test } from 'vitest'
import { CapabilityModel, indicatorsOf, Post, targetsOf, unknownTargets } from '#record/capability/model.ts'
import { sampleModel } from '../../support/capability.ts'

function problems(changes: object): string[] {
  const read = CapabilityModel.safeParse({ ...sampleModel, ...changes })
  return read.success ? [] : read.error.issues.map(({ message }) => message)
}

const [first, ...others] = sampleModel.dimensions

test('a model with six dimensions of four indicators is read', () => {
  expect(problems({})).toEqual([])
  expect(indicatorsOf(sampleModel)).toHaveLength(24)
})

test('a model that cannot be drawn or told apart is refused, with the reason', () => {
  expect(problems({ cuts: [-1.5, 0.5, -0.5, 1.5] })).toEqual(['分级线要从低到高。'])
  expect(problems({ levels: [...sampleModel.levels].reverse() })).toEqual(['等级要从一级写到五级。'])
  const nine = Array.from({ length: 9 }, (_, i) => ({
    ...{ id: `d${i}`, name: `第${i}方面` },
    indicators: first?.indicators.slice(0, 1).map((one) => ({ ...one, id: `i${i}` })),
  }))
  expect(problems({ dimensions: nine.slice(0, 8) })).toEqual([])
  expect(problems({ dimensions: nine })).toEqual(['图上只有八个方面的位置。'])
  expect(problems({ dimensions: [{ ...first, name: '名称太长在图上无论如何写不下' }, ...others] })).toEqual([
    '方面的名称不超过10个字，图上才写得下。',
  ])
  const twice = [first, { ...first, id: 'again' }]
  expect(problems({ dimensions: twice })).toEqual(
    ['theory', 'policy', 'party-life', 'discipline'].map((id) => `指标“${id}”写了两次。`),
  )
  const [indicator] = first?.indicators ?? []
  const own = { ...indicator, id: 'constructor' }
  expect(problems({ dimensions: [{ ...first, indicators: [own] }] })).toEqual([
    '指标的编号不能是constructor，请换一个。',
  ])
  const short = { ...indicator, anchors: ['只有一条'] }
  expect(problems({ dimensions: [{ ...first, indicators: [short] }] })).toEqual([
    '每项指标写五条锚点，一级到五级。',
  ])
})

test('somebody with several posts owes the highest target of each indicator', () => {
  const secretary = { targets: { four: 4, mediation: 3 } }
  const grid = { targets: { hazard: 3, mediation: 4 } }
  expect(targetsOf([secretary, grid])).toEqual({ four: 4, mediation: 4, hazard: 3 })
  expect(targetsOf([grid, secretary])).toEqual(targetsOf([secretary, grid]))
  expect(targetsOf([])).toEqual({})
})

test('a post asks for levels two to four, of indicators that the model has', () => {
  const post = { id: 'grid-worker', name: '网格员', category: 'village', targets: { hazard: 3, flying: 2 } }
  expect(Post.parse(post)).toEqual(post)
  expect(unknownTargets(post, sampleModel)).toEqual(['flying'])
  expect(Post.safeParse({ ...post, targets: { hazard: 5 } }).success).toBe(false)
  expect(Post.safeParse({ ...post, targets: { hazard: 1 } }).success).toBe(false)
})

import { expect, test } from 'vitest'
import { abilityGroups, sliceMeans } from '#assessment/calibration/ability-groups.ts'

const answers = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    rest: i,
    share: i < count / 2 ? 0 : 1,
    chosen: [i % 2 ? 'a' : 'b'],
  }))

test('the slices of a population have the means that tables give', () => {
  expect(sliceMeans(2)).toEqual([-0.798, 0.798])
  expect(sliceMeans(4)).toEqual([-1.271, -0.325, 0.325, 1.271])
  expect(sliceMeans(5)).toEqual([-1.4, -0.532, 0, 0.532, 1.4])
})

test('nothing is shown of groups so small that they could show somebody', () => {
  expect(abilityGroups(answers(29), null)).toBeNull()
  expect(abilityGroups(answers(30), null)?.map((group) => group.answers)).toEqual([10, 10, 10])
})

test('everybody is in one group, the stronger in a higher one', () => {
  const groups = abilityGroups(answers(103).toReversed(), [{ id: 'a' }, { id: 'b' }]) ?? []
  expect(groups.reduce((sum, group) => sum + group.answers, 0)).toBe(103)
  expect(groups.map(({ share }) => Math.round(share))).toEqual([0, 0, 0, 1, 1])
  for (const { chosen } of groups) expect((chosen?.[0] ?? 0) + (chosen?.[1] ?? 0)).toBeCloseTo(1)
})

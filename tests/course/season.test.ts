import { expect, test } from 'vitest'
import { seasonOf } from '#course/story.ts'

test.each([
  ['2026-01-01', '冬'],
  ['2026-02-03', '冬'],
  ['2026-02-04', '春'],
  ['2026-05-05', '夏'],
  ['2026-08-07', '秋'],
  ['2026-11-06', '秋'],
  ['2026-11-07', '冬'],
  ['2026-12-31', '冬'],
])('on %s it is %s, by the old calendar', (on, season) => expect(seasonOf(on)).toBe(season))

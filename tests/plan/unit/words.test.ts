// What the cells of a unit say: an interval, never more than is shown; and what may be said of a year and of courses.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, Shown } from '#record/capability/unit/cell.ts'
import { helpfulCourses, type CourseChecks } from '#plan/unit/helpful-courses.ts'
import { figures, heat, intervalWord, sayCoverage, sayShare } from '#plan/unit/say-cell.ts'
import { sayChange, yearBefore } from '#plan/unit/say-change.ts'
import { sightOf } from '#plan/unit/sight.ts'

const high: Shown = { type: 'high' }
const low: Shown = { type: 'low' }
const percent = (percent: number): Shown => ({ type: 'percent', percent })
const cell = (sure: Shown, possible: Shown, measured: number | null = 40): Cell => ({
  ...{ measured, share: { sure, possible }, levels: null },
})
const closed: Cell = { measured: null, share: null, levels: null }

describe('the share at target', () => {
  test('is an interval: who surely reaches it, and who may', () => {
    const share = { sure: percent(45), possible: percent(70) }
    expect(figures(share)).toEqual(['45', '70'])
    expect(intervalWord(share)).toBe('45–70%')
    expect(sayShare(share)).toBe('有把握达标的占45%，另有25%证据不足，所以在45%到70%之间。')
  })

  test.each([
    [percent(45), percent(45), '45%', '达标的占45%，几乎没有证据不足的。'],
    [high, high, '≥80%', '达标的在80%以上。'],
    [percent(45), high, '45–≥80%', '有把握达标的占45%，连同证据不足的在80%以上。'],
    [low, percent(30), '≤20–30%', '有把握达标的在20%以下，连同证据不足的至多30%。'],
    [low, low, '≤20%', '能说达标的在20%以下，证据不足的也不多。'],
    [low, high, '≤20–≥80%', '有把握达标的在20%以下，连同证据不足的在80%以上：证据还太少，说不出高低。'],
  ])('is said whole: %j to %j', (sure, possible, short, sentence) => {
    expect(intervalWord({ sure, possible })).toBe(short)
    expect(sayShare({ sure, possible })).toBe(sentence)
  })

  test('has five tints, by whom it is sure of', () => {
    const tint = (sure: Shown) => heat({ sure, possible: sure })
    expect(
      [low, percent(21), percent(39), percent(40), percent(59), percent(60), percent(79), high].map(tint),
    ).toEqual([1, 2, 2, 3, 3, 4, 4, 5])
  })

  test('has no tint where little evidence would look like a low share', () => {
    const tint = (sure: Shown, possible: Shown) => heat({ sure, possible })
    expect([tint(low, high), tint(percent(36), high), tint(low, percent(60))]).toEqual([0, 0, 0])
    expect([tint(percent(41), high), tint(low, percent(59)), tint(high, high)]).toEqual([3, 1, 5])
  })
})

describe('how many were measured', () => {
  test('is said of all, the rest being unmeasured and not low', () => {
    expect(sayCoverage(cell(low, low, 12), 30)).toBe('30人里已测12人，其余是未测，不代表低。')
    expect(sayCoverage(cell(low, low, 12), null)).toBe('已测12人。')
  })
  test('is not said of a closed cell, however many there are', () => {
    expect(sayCoverage(closed, 30)).not.toMatch(/30/)
  })
})

describe('the change of a year', () => {
  const on = '2025-11-01'
  test('is said only where the intervals lie apart', () => {
    expect(sayChange(cell(percent(60), percent(75)), cell(percent(30), percent(50)), on)).toContain(
      '提高了至少10个百分点',
    )
    expect(sayChange(cell(percent(30), percent(50)), cell(percent(60), percent(75)), on)).toContain(
      '降低了至少10个百分点',
    )
    expect(sayChange(cell(percent(45), percent(70)), cell(percent(30), percent(50)), on)).toContain(
      '还不能说有变化',
    )
  })
  test.each([
    ['nothing was kept', cell(percent(45), percent(70)), null, /^一年前还没有存底/],
    ['it was closed then', cell(percent(45), percent(70)), closed, /一年前.*不打开/],
    ['it is closed now', closed, cell(percent(45), percent(70)), /^现在这一格不打开/],
    ['an end was clipped', cell(percent(45), high), cell(percent(45), percent(70)), /算不出变化/],
  ])('is not said where %s, and why not', (_, now, before, words) => {
    expect(sayChange(now, before, on)).toMatch(words)
    expect(sayChange(now, before, on)).not.toContain('百分点')
  })
  test('looks at the same month a year earlier', () => {
    expect(yearBefore('2026-11-27')).toBe('2025-11-01')
    expect(yearBefore('2028-02-29')).toBe('2027-02-01')
  })
})

describe('which courses help', () => {
  const course = (id: string, checks: Record<string, number>, minutes = 60): CourseChecks => ({
    ...{ id, title: id, href: `/courses/${id}`, minutes, checks: new Map(Object.entries(checks)) },
  })
  const openOne = { id: 'mediation', name: '矛盾调解', cell: cell(percent(45), percent(70), 40) }
  const closedOne = { id: 'openness', name: '公开', cell: closed }

  test('those with the most checks for the most people come first, with the reason', () => {
    const found = helpfulCourses(
      [openOne, closedOne],
      [
        ...[
          course('few', { mediation: 2 }),
          course('many', { mediation: 6 }),
          course('none', { recovery: 9 }),
        ],
      ],
    )
    expect(found.map(({ course: { id } }) => id)).toEqual(['many', 'few'])
    expect(found[0]?.reasons).toEqual(['矛盾调解：已测40人，约22人还不能说达标；课里有6道检查题。'])
  })
  test('a closed cell neither moves a course nor is named', () => {
    const courses = [course('a', { openness: 50, mediation: 1 }), course('b', { mediation: 2 })]
    const found = helpfulCourses([openOne, closedOne], courses)
    expect(found.map(({ course: { id } }) => id)).toEqual(['b', 'a'])
    expect(JSON.stringify(found.map(({ reasons }) => reasons))).not.toContain('公开')
    expect(helpfulCourses([closedOne], courses)).toEqual([])
  })
  test('all or nobody is not told from nearly all or nobody', () => {
    const reason = (sure: Shown) =>
      helpfulCourses([{ ...openOne, cell: cell(sure, high) }], [course('a', { mediation: 1 })])[0]?.reasons[0]
    expect(reason(high)).toContain('不超过两成')
    expect(reason(low)).toContain('八成以上')
    expect(reason(high)).not.toMatch(/约\d+人/)
  })
  test('there are three at most, the same whatever the order of the library', () => {
    const library = ['a', 'b', 'c', 'd'].map((id, i) => course(id, { mediation: 1 + (i % 2) }))
    const ids = (courses: CourseChecks[]) => helpfulCourses([openOne], courses).map((one) => one.course.id)
    fc.assert(
      fc.property(fc.shuffledSubarray(library, { minLength: 4 }), (courses) => {
        expect(ids(courses)).toEqual(['b', 'd', 'a'])
      }),
    )
  })
})

describe('whose figures one sees', () => {
  const grants = (...roles: ['officer' | 'reader' | 'trainer' | 'learner' | 'system-admin', string][]) => ({
    grants: roles.map(([role, path]) => ({ role, path, unitId: path })),
  })
  test('officers and readers see those of now, who is only trainer those of the quarter', () => {
    expect(sightOf(grants(['officer', '/a/']), '/a/b/')).toBe('live')
    expect(sightOf(grants(['reader', '/a/']), '/a/')).toBe('live')
    expect(sightOf(grants(['trainer', '/a/']), '/a/b/')).toBe('published')
    expect(sightOf(grants(['trainer', '/a/'], ['reader', '/a/b/']), '/a/b/')).toBe('live')
    expect(sightOf(grants(['trainer', '/a/'], ['reader', '/a/b/']), '/a/')).toBe('published')
  })
  test('whoever is not over the unit sees nothing', () => {
    expect(sightOf(grants(['officer', '/a/b/']), '/a/')).toBeNull()
    expect(sightOf(grants(['officer', '/a/b/']), '/a/c/')).toBeNull()
    expect(sightOf(grants(['learner', '/a/'], ['system-admin', '/a/']), '/a/')).toBeNull()
  })
})

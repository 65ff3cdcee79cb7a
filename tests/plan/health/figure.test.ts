import { describe, expect, test } from 'vitest'
import { describeProblem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import {
  countMember,
  figureIds,
  figures,
  HealthIndex,
  noCounts,
  type FigureId,
  type Member,
} from '#plan/health/figure.ts'
import { readRules } from '#process/rules-at-start.server.ts'

const today = '2026-11-01'

/** Somebody of whom nothing is known, with changes. */
const member = (changes: Partial<Member> = {}): Member => ({
  ...{ targets: 20, measured: 0, aimed: 0, reached: 0, evidenceOn: null, gaps: 0, gapsFollowed: 0 },
  ...{ studiedOn: null, observedOn: null, watchedOn: null, objections: [], ...changes },
})
const says = (id: FigureId, changes: Partial<Member>) => figures[id](member(changes), today)

describe('what is said of a member', () => {
  test.each([
    ['studied', 'ninety days ago is lately', { studiedOn: '2026-08-03' }, true],
    ['studied', 'a day earlier is not', { studiedOn: '2026-08-02' }, false],
    ['studied', 'never', {}, false],
    ['measured', 'one indicator', { measured: 1 }, true],
    ['measured', 'unknown', {}, false],
    ['broad', 'half of the targets', { aimed: 10 }, true],
    ['broad', 'less', { aimed: 9 }, false],
    ['broad', 'posts without targets are not asked', { targets: 0 }, null],
    ['at-target', 'more than half', { aimed: 4, reached: 3 }, true],
    ['at-target', 'just half', { aimed: 4, reached: 2 }, false],
    ['at-target', 'unmeasured is unknown, not low', { measured: 3 }, null],
    ['fresh', 'within the year', { measured: 1, evidenceOn: '2025-11-01' }, true],
    ['fresh', 'older', { measured: 1, evidenceOn: '2025-10-31' }, false],
    ['fresh', 'unmeasured', {}, null],
    ['followed', 'nothing below the target', { aimed: 3 }, true],
    ['followed', 'a gap, and new evidence of it', { aimed: 3, gaps: 2, gapsFollowed: 1 }, true],
    ['followed', 'a gap left alone', { aimed: 3, gaps: 1 }, false],
    ['followed', 'unmeasured', {}, null],
    ['observed', 'within the year', { observedOn: '2026-01-02' }, true],
    ['observed', 'never', {}, false],
    ['watched', 'within the year', { watchedOn: '2025-11-02' }, true],
    ['watched', 'long ago', { watchedOn: '2025-06-02' }, false],
    [
      'answered',
      'on the fifteenth day',
      { objections: [{ on: '2026-09-01', answeredOn: '2026-09-16' }] },
      true,
    ],
    ['answered', 'a day late', { objections: [{ on: '2026-09-01', answeredOn: '2026-09-17' }] }, false],
    [
      'answered',
      'still open after fifteen days',
      { objections: [{ on: '2026-10-16', answeredOn: null }] },
      false,
    ],
    ['answered', 'not yet due', { objections: [{ on: '2026-10-17', answeredOn: null }] }, null],
    [
      'answered',
      'one of two late',
      {
        objections: [
          { on: '2026-03-01', answeredOn: '2026-03-02' },
          { on: '2026-09-01', answeredOn: null },
        ],
      },
      false,
    ],
    ['answered', 'no objection', {}, null],
  ] as const)('%s: %s', (id, _, changes, is) => {
    expect(says(id, changes)).toBe(is)
  })

  test('each is counted once at most, and only where the figure is about him', () => {
    const counts = noCounts()
    countMember(counts, member({ measured: 2, studiedOn: today }), today)
    countMember(counts, member(), today)
    expect(counts.studied).toEqual({ of: 1, all: 2 })
    expect(counts.fresh).toEqual({ of: 0, all: 1 })
    expect(counts['at-target']).toEqual({ of: 0, all: 0 })
  })
})

describe('the figures that a county chooses', () => {
  const read = (lines: string[]) =>
    readYaml(['figures:', ...lines].join('\n'), HealthIndex, 'health-index.yaml')
  const line = (id: string) => `  - { id: ${id}, name: 名称, means: 一句话。 }`
  const problems = (lines: string[]) => {
    const found = read(lines)
    return found.type === 'refused' ? found.problems.map(describeProblem).join('\n') : ''
  }

  test('ours are known figures, and at most twelve', () => {
    const chosen = readRules('content').healthIndex!.figures
    expect(chosen.length).toBeLessThanOrEqual(12)
    expect(chosen.every(({ id }) => figureIds.includes(id))).toBe(true)
  })

  test('come in the order of the file', () => {
    const found = read([line('watched'), line('studied')])
    expect(found.type === 'read' && found.value.figures.map(({ id }) => id)).toEqual(['watched', 'studied'])
  })

  test('an unknown one is refused with all that are known', () => {
    const said = problems([line('minutes')])
    for (const id of figureIds) expect(said).toContain(id)
    expect(said).toContain('health-index.yaml')
  })

  test('more than twelve are refused, and one that is written twice', () => {
    expect(problems([...figureIds, ...figureIds].slice(0, 13).map(line))).toContain('最多看十二项')
    expect(problems([line('studied'), line('studied')])).toContain('同一项写了两次')
  })

  test('none of them is of time, visits or places in a list', () => {
    const said = JSON.stringify(readRules('content').healthIndex)
    expect(said).not.toMatch(/分钟|时长|登录|排名|名次/)
  })
})

import { optionsOf } from '#quiz/kinds/registry.ts'
import { describe, expect, test } from 'vitest'
import { cronbachAlpha } from '#assessment/calibration/cronbach.ts'
import { describeItems } from '#assessment/calibration/describe-items.ts'
import {
  chosenIn,
  writtenIn,
  type AskedItem,
  type GivenAnswer,
} from '#assessment/calibration/given-answer.ts'
import { ItemStatistics, sayFlag } from '#assessment/calibration/statistics.ts'
import { normal } from '#demo/random.ts'
import { random } from '../../support/evidence.ts'
import { openRoom, takeAdaptive } from '../irt/simulation.ts'
import { answersTo, bankOf } from './simulated.ts'

const choice = (id: string, key = 'a', ids = ['a', 'b', 'c', 'd']): AskedItem => ({
  ...{ id, revision: 1, guessing: 1 / ids.length, isWritten: false },
  options: ids.map((option) => ({ id: option, right: option === key })),
})
const open = (id: string): AskedItem => ({ id, revision: 1, guessing: 0, options: null, isWritten: true })
const given = (
  paper: number,
  item: string,
  share: number | null,
  more: Partial<GivenAnswer> = {},
): GivenAnswer => ({
  ...{ paper: `p${paper}`, adaptive: false, group: null, item, share, chosen: null, written: null },
  ...more,
})

/** Everybody's answers to ten usual items, as papers. */
const bank = bankOf(10, 71)
const rows = answersTo(bank, { people: 400, seed: 72 })
const usual = rows.flatMap((row, person) => row.map((share, i) => given(person, `itm-${i}`, share)))
const usualItems = bank.map((_, i) => open(`itm-${i}`))
/** How many of the usual items a person got right. */
const strength = rows.map((row) => row.reduce<number>((sum, share) => sum + (share ?? 0), 0))

/** The remarks on one more item that person number i answers as told. */
function remarksOn(
  item: AskedItem,
  answer: (person: number) => Partial<GivenAnswer> & { share: number | null },
) {
  const more = rows.map((_, person) => given(person, item.id, null, answer(person)))
  return describeItems([...usualItems, item], [...usual, ...more]).get(item.id)!
}

describe('what the answers say of an item', () => {
  test('facility is the mean share, discrimination the correlation with the rest of the paper: by hand', () => {
    const shares = [
      [1, 1, 1],
      [1, 0.5, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]
    const answers = shares.flatMap((row, person) => row.map((share, i) => given(person, `itm-${i}`, share)))
    const found = describeItems([open('itm-0'), open('itm-1'), open('itm-2')], answers)
    expect(found.get('itm-1')).toMatchObject({ answers: 4, facility: 0.375 })
    // Item 0 (1, 1, 0, 0) with the rest (2, 0.5, 1, 0): covariance 0.1875, deviations 0.5 and √0.546875.
    expect(found.get('itm-0')!.discrimination).toBeCloseTo(0.1875 / (0.5 * Math.sqrt(0.546875)), 10)
  })

  test('papers of unequal difficulty do not pass for strength', () => {
    // Who draws the hard half gets less, and is no weaker: the first item, in both papers, is pure chance.
    const next = random(73)
    const answers = Array.from({ length: 600 }, (_, person) => {
      const hard = person % 2 === 0
      const lot = (p: number) => (next() < p ? 1 : 0)
      const own = Array.from({ length: 6 }, (_, i) =>
        given(person, `${hard ? 'hard' : 'easy'}-${i}`, lot(hard ? 0.2 : 0.8)),
      )
      return [given(person, 'itm-x', lot(hard ? 0.2 : 0.8)), ...own]
    }).flat()
    const { discrimination } = describeItems([open('itm-x')], answers).get('itm-x')!
    expect(Math.abs(discrimination!)).toBeLessThan(0.1)
  })

  test('usual items get no remark', () => {
    const found = describeItems(usualItems, usual)
    expect([...found.values()].flatMap(({ flags }) => flags)).toEqual([])
    for (const one of found.values()) expect(() => ItemStatistics.parse(one)).not.toThrow()
  })

  test.each([
    [30, 0.06],
    [100, 0.03],
    [300, 0.03],
  ])('sound choices in papers of eight get hardly a remark after %i people', (people, most) => {
    const next = random(75)
    const seeds = Array.from({ length: 6000 / people }, (_, i) => 1000 + i)
    const remarks = seeds.flatMap((seed) => {
      const bank = bankOf(8, seed).map(({ a, b }) => ({ a: Math.max(0.6, a), b: 0.8 * b, c: 0.2 }))
      const answers = answersTo(bank, { people, seed }).flatMap((row, person) =>
        row.map((share, i) => {
          const chosen = share === 1 ? 'a' : ['b', 'b', 'c', 'c', 'd'][Math.floor(5 * next())]!
          return given(person, `itm-${i}`, share, { chosen: [chosen] })
        }),
      )
      const found = describeItems(
        bank.map((_, i) => choice(`itm-${i}`)),
        answers,
      )
      return [...found.values()].map(({ flags }) => flags.length > 0)
    })
    expect(remarks.filter((is) => is).length / remarks.length).toBeLessThan(most)
  })

  test('answers of tests that were chosen to fit the person are counted, but say nothing of who is strong', () => {
    const { bank, ...room } = openRoom('3PL', 30, 76)
    const adaptive = Array.from({ length: 300 }, (_, person) => {
      const rules = { least: 8, most: 8, stopError: 0, exposureCap: 1 }
      const { answered } = takeAdaptive({ ...room, bank, takers: person }, normal(room.random), rules)
      return answered.map(({ item, share }) => given(1000 + person, item.id, share, { adaptive: true }))
    }).flat()
    const items = bank.map(({ id }) => open(id))
    for (const { answers, facility, discrimination, groups, flags } of describeItems(
      items,
      adaptive,
    ).values()) {
      expect([discrimination, groups]).toEqual([null, null])
      expect(facility === null).toBe(answers === 0)
      expect(flags.filter(({ type }) => type !== 'few' && type !== 'too-easy')).toEqual([])
    }
    // Nor do they change what the papers drawn by chance say.
    const both = describeItems(usualItems, [...usual, ...adaptive])
    const alone = describeItems(usualItems, usual)
    for (const [id, { discrimination }] of alone) expect(both.get(id)!.discrimination).toBe(discrimination)
  })

  test('with few answers nothing is said but that', () => {
    const found = describeItems([open('itm-0')], usual.slice(0, 120)).get('itm-0')!
    expect(found.flags).toEqual([{ type: 'few', answers: 12, needed: 30 }])
    expect(found.flags.map(sayFlag)).toEqual(['只有12人答过，还说不准，满30人再看。'])
    expect(describeItems([open('itm-y')], usual).get('itm-y')).toMatchObject({
      answers: 0,
      facility: null,
      discrimination: null,
    })
  })

  test('a blank is no answer, and is counted', () => {
    const found = remarksOn(open('itm-x'), (person) => ({ share: person < 100 ? null : 1 }))
    expect(found).toMatchObject({ answers: 300, blank: 100, facility: 1 })
  })

  test('too easy, too hard', () => {
    expect(remarksOn(open('itm-x'), (person) => ({ share: person < 10 ? 0 : 1 })).flags).toEqual([
      { type: 'too-easy', facility: 0.975 },
    ])
    const hard = remarksOn(open('itm-x'), (person) => ({ share: strength[person]! > 9 ? 1 : 0 }))
    expect(hard.flags.map(({ type }) => type)).toEqual(['too-hard'])
    // For a choice of four a quarter is guessing.
    const next = random(74)
    const guessed = remarksOn(choice('itm-x'), () => {
      const chosen = ['a', 'b', 'c', 'd'][Math.floor(next() * 4)]!
      return { share: chosen === 'a' ? 1 : 0, chosen: [chosen] }
    })
    expect(guessed.flags.map(({ type }) => type)).toEqual(['too-hard', 'flat'])
  })

  test('a wrong key: the strong miss it, and what they chose instead is named', () => {
    // The key says a; b is right.
    const found = remarksOn(choice('itm-x'), (person) => {
      const chosen = strength[person]! >= 5 ? 'b' : ['a', 'c', 'd'][person % 3]!
      return { share: chosen === 'a' ? 1 : 0, chosen: [chosen] }
    })
    expect(found.discrimination).toBeLessThan(0)
    expect(found.flags.map(sayFlag)).toContain('水平高的人反而更常答错：答案是不是标错了？请先核对答案。')
    expect(found.flags).toContainEqual({ type: 'stronger-than-key', option: 'b' })
    expect(found.flags.map(sayFlag)).toContain('选B的人比答对的人水平还高：请看B是不是也说得通。')
  })

  test('an option that nobody chooses is named; the others have their counts', () => {
    const found = remarksOn(choice('itm-x'), (person) => {
      const chosen = strength[person]! >= 5 ? 'a' : ['a', 'b', 'c'][person % 3]!
      return { share: chosen === 'a' ? 1 : 0, chosen: [chosen] }
    })
    expect(found.flags).toEqual([{ type: 'never-chosen', option: 'd' }])
    expect(found.flags.map(sayFlag)[0]).toContain('选项D从来没有人选')
    const [a, b, c, d] = found.options!
    expect(a!.count + b!.count + c!.count).toBe(400)
    expect(a!.share).toBe(a!.count / 400)
    expect(a!.rest!).toBeGreaterThan(b!.rest!)
    expect(d).toEqual({ id: 'd', right: false, count: 0, share: 0, rest: null })
  })

  test('an option that nobody chose yet is not blamed while few answers were wrong', () => {
    const found = remarksOn(choice('itm-x'), (person) => {
      const chosen = strength[person]! >= 2 ? 'a' : ['b', 'c'][person % 2]!
      return { share: chosen === 'a' ? 1 : 0, chosen: [chosen] }
    })
    expect(found.options![3]).toMatchObject({ id: 'd', count: 0 })
    expect(found.answers * (1 - found.facility!)).toBeGreaterThan(10)
    expect(found.answers * (1 - found.facility!)).toBeLessThan(30)
    expect(found.flags.filter(({ type }) => type === 'never-chosen')).toEqual([])
  })

  test('wrong words are told only if three people wrote the same', () => {
    const found = remarksOn(open('itm-x'), (person) => {
      if (person < 3) return { share: 0, written: '支委会' }
      if (person < 5) return { share: 0, written: '张三' }
      return { share: 1, written: '党员大会' }
    })
    expect(found.wrongWords).toEqual([{ text: '支委会', count: 3 }])
  })
})

test('every kind of question tells what was chosen, or that there is nothing to choose', () => {
  const everyItem = {
    id: 'itm-x',
    revision: 1,
    indicator: 'openness',
    difficulty: 'easy' as const,
    passage: '原句',
    stem: '题干',
    rationale: '为什么',
  }
  const options = [
    { id: 'a', text: '甲' },
    { id: 'b', text: '乙' },
  ]
  expect(optionsOf({ ...everyItem, kind: 'single', options, key: 'b' })).toMatchObject([
    { id: 'a', right: false },
    { id: 'b', right: true },
  ])
  expect(
    optionsOf({ ...everyItem, kind: 'multiple', options, key: ['a', 'b'] })!.every(({ right }) => right),
  ).toBe(true)
  expect(optionsOf({ ...everyItem, kind: 'true-false', key: false })).toEqual([
    { id: 'true', text: '对', right: false },
    { id: 'false', text: '错', right: true },
  ])
  expect(optionsOf({ ...everyItem, kind: 'fill-in', key: { accept: ['甲'] } })).toBe(null)
  expect(chosenIn({ kind: 'single', choice: 'a' })).toEqual(['a'])
  expect(chosenIn({ kind: 'multiple', choices: ['a', 'a', 'b'] })).toEqual(['a', 'b'])
  expect(chosenIn({ kind: 'true-false', choice: false })).toEqual(['false'])
  expect(chosenIn({ kind: 'fill-in', text: '甲' })).toBe(null)
  expect(writtenIn({ kind: 'fill-in', text: ' 三分之二。' })).toBe(
    writtenIn({ kind: 'fill-in', text: '三分之二' }),
  )
  expect(writtenIn({ kind: 'single', choice: 'a' })).toBe(null)
})

describe('how far the items of a paper measure the same', () => {
  test('complete answers: the textbook’s alpha, by hand', () => {
    const rows = [
      [2, 3, 3],
      [4, 4, 5],
      [1, 2, 1],
      [3, 3, 4],
    ].map((row) => row.map((points) => points / 5))
    // Variances 1.667, 0.667, 2.917 (of points), of the sums 14.25: 3/2 · (1 − 5.25/14.25).
    expect(cronbachAlpha(rows)).toBeCloseTo(1.5 * (1 - 5.25 / 14.25), 10)
  })

  test('papers drawn by chance: the alpha of a whole paper of that length', () => {
    const bank = bankOf(40, 81).map((item) => ({ ...item, a: 1 }))
    const whole = answersTo(bank, { people: 3000, seed: 82 })
    const drawn = answersTo(bank, { people: 3000, seed: 82, paper: 20 })
    const full = cronbachAlpha(whole)!
    expect(cronbachAlpha(drawn)).toBeCloseTo(full, 1)
    // Spearman & Brown: half the length.
    expect(cronbachAlpha(drawn, 20)).toBeCloseTo((0.5 * full) / (1 - 0.5 * full), 1)
  })

  test('without two answers to compare there is none', () => {
    expect(cronbachAlpha([])).toBe(null)
    expect(
      cronbachAlpha([
        [1, null],
        [null, 0],
      ]),
    ).toBe(null)
    expect(
      cronbachAlpha([
        [1, 1],
        [1, 1],
      ]),
    ).toBe(null)
  })
})

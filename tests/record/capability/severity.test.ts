// Whether the severity of raters is found again where it is known, because the raters are invented.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { believe, defaultCuts } from '#record/capability/belief.ts'
import { levelOf } from '#record/capability/level.ts'
import { severities, wellKnown, type OtherEvidence, type Rated } from '#record/capability/severity.ts'
import { levelCentre, observationSd } from '#record/evidence/likelihood.ts'
import { answered, random } from '../../support/evidence.ts'

const quantiles = [-1.73, -1.15, -0.81, -0.55, -0.32, -0.1, 0.1, 0.32, 0.55, 0.81, 1.15, 1.73]

type World = {
  severity: Map<string, number>
  rated: Rated[]
  other: OtherEvidence
  /** What each person can really do, for each of the readings. */
  truths: number[]
}

/** Twelve raters and 300 people, two indicators each; levels are named as raters name them, whole and with open ends. */
function world(
  seed: number,
  ratersOf: (person: number, next: () => number) => number[],
  { tested = true, abilityOf = (_person: number): number => 0 } = {},
): World {
  const next = random(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  // Twelve quantiles of a normal distribution of deviation 0.5, dealt out by chance.
  const dealt = quantiles.map((value) => ({ value, at: next() })).sort((a, b) => a.at - b.at)
  const severity = new Map(dealt.map(({ value }, j) => [`r${j}`, 0.5 * value]))
  const rated: Rated[] = []
  const truths: number[] = []
  const known = new Map<string, { mean: number; sd: number }>()
  for (let i = 0; i < 300; i += 1) {
    const raters = ratersOf(i, next)
    for (const indicator of ['mediation', 'openness']) {
      const theta = abilityOf(i) + normal()
      if (tested) known.set(`p${i} ${indicator}`, testOf(theta, next))
      for (const j of raters) {
        const seen = theta - (severity.get(`r${j}`) ?? 0) + observationSd * normal()
        const centre = levelCentre(levelOf(seen, defaultCuts), defaultCuts)
        rated.push({ rater: `r${j}`, person: `p${i}`, indicator, centre, weight: 1 })
        truths.push(theta)
      }
    }
  }
  const anybody = { mean: 0, sd: 1 }
  const other: OtherEvidence = (person, indicator) => known.get(`${person} ${indicator}`) ?? anybody
  return { severity, rated, other, truths }
}

/** What eight answers of a watched test say. */
function testOf(theta: number, next: () => number) {
  const pieces = Array.from({ length: 8 }, (_, i) => {
    const difficulty = (['easy', 'medium', 'hard'] as const)[i % 3] ?? 'medium'
    const right = next() < 1 / (1 + Math.exp(-(theta - ((i % 3) - 1))))
    return answered(`t${i}`, { share: right ? 1 : 0, difficulty, kind: 'supervised-test' })
  })
  return believe(pieces, '2026-11-01')
}

const anyTwo = (_: number, next: () => number) => {
  const first = Math.floor(next() * 12)
  return [first, (first + 1 + Math.floor(next() * 11)) % 12]
}

/** Each in his own town, twelve times 25 people. */
const ownUnit = (person: number) => [Math.floor(person / 25)]

function judged({ severity, rated, other }: World, given: OtherEvidence = other) {
  const found = severities(rated, given)
  const pairs = [...severity].map(([rater, truth]) => ({ truth, found: found.get(rater) ?? NaN }))
  // Only differences between raters can be found.
  const mean = (of: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((total, pair) => total + of(pair), 0) / pairs.length
  const [middle, own] = [mean(({ truth }) => truth), mean(({ found: one }) => one)]
  const spread = (a: 'truth' | 'found', b: 'truth' | 'found') =>
    mean((pair) => (pair[a] - (a === 'truth' ? middle : own)) * (pair[b] - (b === 'truth' ? middle : own)))
  return {
    correlation: spread('truth', 'found') / Math.sqrt(spread('truth', 'truth') * spread('found', 'found')),
    rmse: Math.sqrt(mean(({ truth, found: one }) => (one - own - truth + middle) ** 2)),
    slope: spread('truth', 'found') / spread('truth', 'truth'),
    own,
  }
}

function print(name: string, all: ReturnType<typeof judged>[]) {
  const mean = (key: 'correlation' | 'rmse' | 'slope') =>
    (all.reduce((sum, one) => sum + one[key], 0) / all.length).toFixed(3)
  const least = Math.min(...all.map(({ correlation }) => correlation)).toFixed(3)
  console.log(
    `${name}: correlation ${mean('correlation')} (least ${least}), RMSE ${mean('rmse')}, slope ${mean('slope')}`,
  )
}

const seeds = Array.from({ length: 10 }, (_, i) => 1000 + i)
const correlations = (all: ReturnType<typeof judged>[]) => all.map(({ correlation }) => correlation)

test('twelve raters, 300 people, two raters each: severity is found again', () => {
  const all = seeds.map((seed) => judged(world(seed, anyTwo)))
  print('any two raters, tests known', all)
  for (const correlation of correlations(all)) expect(correlation).toBeGreaterThan(0.9)
  expect(Math.max(...all.map(({ rmse }) => rmse))).toBeLessThan(0.2)
  expect(Math.max(...all.map(({ own }) => Math.abs(own)))).toBeLessThan(0.1)
})

test('also where nothing else is known of the people, because raters have people in common', () => {
  const all = seeds.map((seed) => judged(world(seed, anyTwo, { tested: false })))
  print('any two raters, nothing else known', all)
  for (const correlation of correlations(all)) expect(correlation).toBeGreaterThan(0.9)
})

test('raters who see only their own unit are compared by the tests, and an able unit makes nobody lenient', () => {
  // From half a deviation below to half a deviation above, town by town.
  const abilityOf = (person: number) => (Math.floor(person / 25) - 5.5) / 11
  const worlds = seeds.map((seed) => world(seed, ownUnit, { abilityOf }))
  const [by, without] = [
    worlds.map((one) => judged(one)),
    worlds.map((one) => judged(one, () => ({ mean: 0, sd: 1 }))),
  ]
  print('own unit only, tests known', by)
  print('own unit only, nothing else known', without)
  for (const correlation of correlations(by)) expect(correlation).toBeGreaterThan(0.85)
  const mean = (all: typeof by) => all.reduce((sum, { correlation }) => sum + correlation, 0) / all.length
  expect(mean(by)).toBeGreaterThan(0.9)
  expect(mean(by)).toBeGreaterThan(mean(without) + 0.05)
})

test('read with the severity that was found, the people of severe raters are no longer put too low', () => {
  const slopes = seeds.map((seed) => {
    const { severity, rated, other, truths } = world(seed, anyTwo)
    const found = severities(rated, other)
    // How far readings lie below the truth for each unit of severity, before and after: Σ s·(θ − reading) / Σ s².
    const perUnit = (correct: (rater: string) => number) => {
      const of = rated.map(({ rater, centre }, i) => ({
        s: severity.get(rater) ?? 0,
        low: (truths[i] ?? 0) - centre - correct(rater),
      }))
      return of.reduce((sum, { s, low }) => sum + s * low, 0) / of.reduce((sum, { s }) => sum + s * s, 0)
    }
    return { before: perUnit(() => 0), after: perUnit((rater) => found.get(rater) ?? 0) }
  })
  const mean = (of: 'before' | 'after') => slopes.reduce((sum, one) => sum + one[of], 0) / slopes.length
  console.log(
    `below the truth for each unit of severity: ${mean('before').toFixed(2)}, then ${mean('after').toFixed(2)}`,
  )
  expect(mean('before')).toBeGreaterThan(0.7)
  expect(Math.abs(mean('after'))).toBeLessThan(0.12)
})

const many = world(1, anyTwo)

test('who has rated little stays near 0 and gets no value', () => {
  // One level below what the tests say of three people, and of forty.
  const belowTests = (people: number) =>
    Array.from({ length: people }, (_, i) => {
      const centre = many.other(`p${i}`, 'mediation').mean - 1
      return { rater: 'new', person: `p${i}`, indicator: 'mediation', centre, weight: 1 }
    })
  const found = (people: number) =>
    severities([...many.rated, ...belowTests(people)], many.other).get('new') ?? NaN
  expect(found(3)).toBeGreaterThan(0)
  expect(found(3)).toBeLessThan(0.5)
  expect(found(40)).toBeGreaterThan(0.7)
  expect(wellKnown([...many.rated, ...belowTests(3)]).has('new')).toBe(false)
  expect(wellKnown([...many.rated, ...belowTests(40)]).size).toBe(13)
})

test('ten observations of four people are not enough, of five they are', () => {
  const by = (rater: string, people: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ rater, person: `p${i % people}` }))
  const others = [...by('one', 6, 12), ...by('other', 6, 12)]
  const isKnown = (people: number, count: number) =>
    wellKnown([...others, ...by('r', people, count)]).has('r')
  expect([isKnown(4, 10), isKnown(5, 9), isKnown(5, 10)]).toEqual([false, false, true])
})

test('what was seen long ago counts for less', () => {
  const aged = (weight: number) =>
    severities(
      many.rated.map((one) => (one.rater === 'r0' ? { ...one, centre: one.centre - 2, weight } : one)),
      many.other,
    ).get('r0') ?? NaN
  expect(aged(0.02)).toBeLessThan(aged(0.2))
  expect(aged(0.2)).toBeLessThan(aged(1))
})

test('the order of the observations changes nothing, not even the last bit', () => {
  const next = random(5)
  const shuffled = many.rated.map((one) => ({ one, at: next() })).sort((a, b) => a.at - b.at)
  expect(
    severities(
      shuffled.map(({ one }) => one),
      many.other,
    ),
  ).toEqual(severities(many.rated, many.other))
})

test('who alone rates is compared with nobody: the severity is 0, and no value is given', () => {
  const alone = many.rated.filter(({ rater }) => rater === 'r3').map((one) => ({ ...one, centre: -2 }))
  expect(severities(alone).get('r3')).toBeCloseTo(0, 9)
  expect(wellKnown(alone).size).toBe(0)
  expect(severities([])).toEqual(new Map())
})

test('one rater who reads everything lower by a constant moves by nearly that, and the others hardly', () => {
  const before = severities(many.rated, many.other)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 11 }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (j, constant) => {
        const rater = `r${j}`
        const lower = many.rated.map((one) =>
          one.rater === rater ? { ...one, centre: one.centre - constant } : one,
        )
        const after = severities(lower, many.other)
        for (const [other, value] of before) {
          const moved = (after.get(other) ?? NaN) - value
          // All together stay at 0, so what one gains the other eleven lose.
          if (other === rater) expect(moved / constant).toBeCloseTo(0.87, 1)
          else expect(Math.abs(moved)).toBeLessThan(0.12 * Math.abs(constant) + 1e-9)
        }
      },
    ),
    { numRuns: 30 },
  )
})

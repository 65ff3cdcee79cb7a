// The rules of the map in words and numbers, each taken from where it is computed: nothing here is typed twice.
import { fewestFirstAnswers } from '#assessment/calibration/calibrate-dimension.ts'
import { shareNeeded, kindsNeeded, sureEnough, unlikelyEnough } from '#record/capability/level.ts'
import { gridPoints } from '#record/capability/belief.ts'
import { personsNeeded, raterSd, readingsNeeded } from '#record/capability/severity.ts'
import { leastForLevels, leastForShare } from '#record/capability/unit/disclose.ts'
import { countOf, numeral } from '#record/capability/words.ts'
import { reviewDays } from '#record/evidence/collect.ts'
import { dayAfter, noonOf } from '#day.ts'
import { evidenceKinds, type EvidenceKind } from '#record/evidence/evidence.ts'
import { observationSd, parametersOf } from '#record/evidence/likelihood.ts'
import { ageFactor, halfLifeDays, kindWeight, weigh } from '#record/evidence/weight.ts'

/** What counts as each kind of evidence. */
const kindMeanings: Record<EvidenceKind, string> = {
  practice: '课里的检查题和练习，不管哪种题，开着书答，也能再练。',
  'unsupervised-test': '自己做的测评，没有人在场，可能有人帮。',
  'supervised-test': '有人监考的测评。',
  scenario: '测评里给一个处境，从几种做法里选。',
  procedure: '测评里把一件事按步骤走一遍。',
  observation: '教员或培训管理员在现场看到的做法，对照五条行为记一级。',
}

/** A kind of evidence: how much a fresh piece counts, where somebody watched and where nobody did. */
export type KindRule = { kind: EvidenceKind; meaning: string; weight: number; unwatched: number | null }

/** Kinds in the order in which people are told of them. */
export function kindRules(): KindRule[] {
  const on = '2026-01-01'
  const at = noonOf(on)
  return evidenceKinds.map((kind) => {
    const unwatched = weigh({ kind, at, unsupervised: true }, on)
    const couldBe = kind === 'scenario' || kind === 'procedure'
    return {
      ...{ kind, meaning: kindMeanings[kind], weight: kindWeight[kind] },
      unwatched: couldBe && unwatched < kindWeight[kind] ? unwatched : null,
    }
  })
}

/** How evidence ages: days, and the share of its weight that is left. */
export function ageing(): { years: number; left: number }[] {
  const on = '2026-01-01'
  return [0, 1, 2, 3, 5].map((years) => ({
    years,
    left: ageFactor(noonOf(on), dayAfter(on, years * 365)),
  }))
}

/** The half-life in words: 两年, or 400天. */
export const halfLifeWord = halfLifeDays % 365 === 0 ? countOf(halfLifeDays / 365, '年') : `${halfLifeDays}天`

/** Probabilities as people say them: 八成. */
const tenths = (share: number) => countOf(Math.round(share * 10), '成')

export const sureWord = tenths(sureEnough)
export const unlikelyWord = tenths(unlikelyEnough)
export const kindsWord = countOf(kindsNeeded, '种')
export const shareWord = tenths(shareNeeded)

/** The greatest error at which enough is known. */
export const mostErrorWord = Math.sqrt(1 - shareNeeded).toFixed(2)

/** Deviation of one observation, on the scale. */
export const observationWord = observationSd.toFixed(2)

/** How much was seen of a rater before his severity is estimated, and how far raters are taken to differ before. */
export const severityWords = {
  readings: `${readingsNeeded}次`,
  persons: `${personsNeeded}个人`,
  sd: `${raterSd}`,
}

/** How many have to answer an item before it is calibrated. */
export const answersWord = `${fewestFirstAnswers}人`

/** Days within which another answer to an item is review. */
export const reviewWord = `${reviewDays}天`

/** Points of the grid on which a belief is computed. */
export const pointsWord = String(gridPoints)

/** Persons measured below which a share of a unit is not shown, and below which a distribution is not. */
export const smallestWord = `${numeral(leastForShare)}人`
export const smallestForLevelsWord = `${numeral(leastForLevels)}人`

const ofLabel = (difficulty: 'easy' | 'medium' | 'hard') =>
  parametersOf({ difficulty, guessing: 0, calibration: null })

/** How an item is read by its author's label. */
export const itemLabels = {
  slope: String(ofLabel('medium').a),
  easy: String(ofLabel('easy').b).replace('-', '−'),
  medium: String(ofLabel('medium').b),
  hard: String(ofLabel('hard').b),
}

// What the answers of an attempt come to. Pure, so that handing in and a later mark of graders give the same.
import { errorOfShare } from '#assessment/attempt/score-error.ts'
import type { Result } from '#assessment/attempt/result.ts'

/**
 * How one item of an attempt stands after handing in. `blank`: not answered, or not far enough to be graded; it is no
 * event of the record, since nothing was shown of the person, and counts 0 points in the score of a paper.
 */
export type Mark = {
  indicator: string
  standing: 'graded' | 'waiting' | 'blank' | 'withdrawn'
  /** Share of the points, 0 to 1, where it is graded. */
  share: number
  /** Something arrived for it after the time was up. */
  late: boolean
}

/** What else belongs to a result. */
export type About = Pick<Result, 'estimate' | 'stopped'> & {
  /** An adaptive test has no paper that could be left blank: the last question, shown and not answered, does not count. */
  adaptive: boolean
}

/** The columns of an item in a handed-in attempt that say how it stands. */
export type Columns = { withdrawn: boolean; earned: number | null; possible: number | null }

/** How an item stands, by its columns: graded has points, waiting only possible ones. */
export function standingOfColumns({
  withdrawn,
  earned,
  possible,
}: Columns): Pick<Mark, 'standing' | 'share'> {
  if (withdrawn) return { standing: 'withdrawn', share: 0 }
  if (possible === null) return { standing: 'blank', share: 0 }
  return earned === null
    ? { standing: 'waiting', share: 0 }
    : { standing: 'graded', share: earned / possible }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
/** To thousandths: sums of fractions are never exact. */
const rounded = (value: number) => Math.round(value * 1000) / 1000

/** The result of an attempt: one point an item whatever its kind, partly right in proportion. */
export function resultOf(marks: readonly Mark[], { estimate, stopped, adaptive }: About): Result {
  const count = (standing: Mark['standing']) => marks.filter((mark) => mark.standing === standing).length
  const counted = marks.filter(({ standing }) => standing === 'graded' || (standing === 'blank' && !adaptive))
  const byIndicator = Map.groupBy(counted, ({ indicator }) => indicator)
  return {
    shown: marks.length,
    answered: count('graded') + count('waiting'),
    late: marks.filter(({ late }) => late).length,
    withdrawn: count('withdrawn'),
    waiting: count('waiting'),
    score: {
      earned: rounded(sum(counted.map(({ share }) => share))),
      possible: counted.length,
      error: rounded(errorOfShare(counted.map(({ share }) => share))),
    },
    areas: [...byIndicator].map(([indicator, own]) => ({
      indicator,
      earned: rounded(sum(own.map(({ share }) => share))),
      possible: own.length,
    })),
    estimate,
    stopped,
  }
}

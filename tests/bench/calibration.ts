// How long a calibration takes, and how that grows with people and with items.
import { calibrate, type Model } from '#assessment/calibration/calibrate.ts'
import { usualPriors } from '#assessment/calibration/prior.ts'
import { answersTo, bankOf } from '../assessment/calibration/simulated.ts'
import { atMost, figure, type Line } from './table.ts'

type Size = { items: number; people: number; model?: Model; paper?: number }

/** Seconds and steps of EM of one calibration of invented answers. */
function measure({ items, people, model = '2pl', paper }: Size) {
  const bank = bankOf(items, 1, model === '3pl')
  const responses = answersTo(bank, { people, seed: 2, ...(paper ? { paper } : {}) })
  const began = performance.now()
  const { iterations, converged } = calibrate({
    responses,
    model,
    ...(model === '3pl' ? { priors: usualPriors } : {}),
  })
  return {
    seconds: (performance.now() - began) / 1000,
    more: `, ${iterations} steps${converged ? '' : ', not converged'}`,
  }
}

const sizeOf = ({ items, people, paper }: Size) =>
  `${items} items × ${people.toLocaleString('en-US')} people${paper ? `, papers of ${paper}` : ''}`

/** 200 items × 10,000 people, and smaller ones. */
export function measureCalibration(): Promise<Line[]> {
  measure({ items: 20, people: 500 })
  const large = { items: 200, people: 10_000 }
  const whole = measure(large)
  const growing: Size[] = [
    ...[1_000, 3_000].map((people) => ({ items: 200, people })),
    ...[50, 100].map((items) => ({ items, people: 10_000 })),
  ]
  const others: Size[] = [
    { ...large, paper: 40 },
    { ...large, model: 'rasch' },
    { ...large, model: '3pl' },
  ]
  const lineOf = (size: Size): Line => {
    const { seconds, more } = measure(size)
    return { what: `${size.model ?? '2pl'}, ${sizeOf(size)}`, measured: `${figure(seconds)} s${more}` }
  }
  return Promise.resolve([
    atMost(`2pl, ${sizeOf(large)}`, whole.seconds, 60, ' s', whole.more),
    ...growing.map(lineOf),
    ...others.map(lineOf),
  ])
}

// What somebody could practise or take now, with what each would ask: for suggesting what to do next.
import { fullBank, mostOfSmallBank } from '#assessment/adaptive/next-item.ts'
import { areasOf, bankOf } from '#assessment/attempt/ask-next.server.ts'
import { indicatorName } from '#assessment/attempt/names.server.ts'
import { attemptsOf, type Attempt } from '#assessment/attempt/attempt.server.ts'
import { notYet } from '#assessment/attempt/may-begin.ts'
import { sayLength, sayMinutes } from '#assessment/attempt/say-rules.ts'
import { isOver } from '#assessment/attempt/time.ts'
import { availableItems, type BankedItem } from '#assessment/bank/bank.server.ts'
import { openAssessments } from '#assessment/blueprint/assessments.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { chancesOf, together } from '#assessment/blueprint/chances.ts'
import { fitsCell } from '#assessment/blueprint/draw.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'
import { atATime } from '#assessment/review/choose.ts'
import { isPractisable } from '#assessment/review/practice.server.ts'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { guessing } from '#quiz/guessing.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'

/** Something on offer. */
export type Offered = {
  id: string
  sort: 'practice' | 'test'
  title: string
  href: string
  /** In words: 16道题，30分钟. */
  size: string
  minutes: number | null
  asks: Asked[]
}

/** An item that it may ask: how likely, and what its answer would be as evidence. */
export type Asked = Pick<BankedItem, 'id' | 'revision' | 'indicator' | 'difficulty'> & {
  kind: 'practice' | 'unsupervised-test' | 'scenario' | 'procedure'
  guessing: number
  chance: number
}

/**
 * Practice of every indicator, and the tests that this person may begin now without anybody else: a watched one waits
 * for its sitting.
 * @param met ids of the items that this person has answered before.
 */
export async function offersTo(personId: string, met: ReadonlySet<string>): Promise<Offered[]> {
  const [bank, tested, blueprints, attempts] = await Promise.all([
    availableItems({ secure: false }),
    itemsBeingTested(read, personId),
    openAssessments(),
    attemptsOf(read, personId),
  ])
  const known = new Set(indicatorsOf(modelInUse().model).map(({ id }) => id))
  const toPractise = bank.filter(
    (one) => known.has(one.indicator) && isPractisable(one) && !tested.has(one.id),
  )
  const practice = [...Map.groupBy(toPractise, ({ indicator }) => indicator)].map(
    ([indicator, pool]): Offered => ({
      ...{ id: indicator, sort: 'practice', href: `/practice/${indicator}`, minutes: null },
      title: `练习：${indicatorName(indicator)}`,
      size: `${Math.min(atATime, pool.length)}道题，答一道看一道的理由`,
      asks: asked(pool, chancesOf(pool, atATime, met), () => 'practice'),
    }),
  )
  const tests = blueprints
    .filter((one) => !one.supervised && mayBegin(one, attempts))
    .map((one): Offered => ({
      ...{ id: one.id, sort: 'test', title: one.title, href: `/assessments/${one.id}` },
      ...{ size: `${sayLength(one)}，${sayMinutes(one)}`, minutes: one.minutes },
      asks: asksOf(one, bank, met),
    }))
  return [...practice, ...tests]
}

/** Whether a test can be begun now: none runs, and it has rested long enough. */
function mayBegin({ id, attempts: rules }: Blueprint, attempts: readonly Attempt[]): boolean {
  const at = now().toISOString()
  const own = attempts.filter(({ assessmentId }) => assessmentId === id)
  // One that nobody looked at since its time ran out was handed in when it did.
  const ended = own.flatMap(({ startedAt, handedAt, deadlineAt }) => {
    const end = handedAt ?? (isOver(deadlineAt, at) ? deadlineAt : null)
    return end === null ? [] : [{ startedAt, handedAt: end }]
  })
  return ended.length === own.length && notYet(ended, rules, at) === null
}

/** Nothing where the bank cannot fill the paper. */
function asksOf(blueprint: Blueprint, bank: readonly BankedItem[], met: ReadonlySet<string>): Asked[] {
  if (blueprint.form === 'fixed') {
    const pools = blueprint.cells.map((cell) => ({ cell, pool: bank.filter((one) => fitsCell(cell, one)) }))
    if (pools.some(({ cell, pool }) => pool.length < cell.count)) return []
    return asked(bank, together(pools.map(({ cell, pool }) => chancesOf(pool, cell.count, met))), kindInTest)
  }
  const pool = bankOf(blueprint, bank)
  const length = pool.length < fullBank ? Math.min(blueprint.most, mostOfSmallBank) : blueprint.most
  const areas = areasOf(blueprint).map((area) => pool.filter(({ indicator }) => indicator === area))
  return asked(pool, together(areas.map((area) => chancesOf(area, length / areas.length, met))), kindInTest)
}

const kindInTest = ({ kind }: BankedItem): Asked['kind'] =>
  kind === 'scenario' || kind === 'procedure' ? kind : 'unsupervised-test'

const asked = (
  pool: readonly BankedItem[],
  chances: ReadonlyMap<string, number>,
  kindOf: (item: BankedItem) => Asked['kind'],
): Asked[] =>
  pool.flatMap((one) => {
    const chance = chances.get(one.id) ?? 0
    if (chance === 0) return []
    const { id, revision, indicator, difficulty, item } = one
    return { ...{ id, revision, indicator, difficulty, chance }, kind: kindOf(one), guessing: guessing(item) }
  })

// What the people of an invented province did in three years: thirty answers and observations each, spread over eight of
// the indicators, so that much is measured and much is 未测.
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { dayOf } from '#day.ts'
import { chance, normal, randomFor, type Random } from '#demo/random.ts'
import { levelOf } from '#record/capability/level.ts'
import { defaultCuts } from '#record/capability/belief.ts'
import type { Event } from '#record/events/event.ts'
import { observationSd } from '#record/evidence/likelihood.ts'
import { at, type Province } from './province-people.ts'

/** Pieces of evidence of each person. */
export const piecesEach = 30
const indicatorsEach = 8
/** Items of a bank for one indicator. */
const bank = 60
const daysOfRound = 36
const dayLength = 86_400_000

/** Kinds of evidence, by how often they occur in twenty. */
const kinds = [
  ...Array<'practice'>(5).fill('practice'),
  ...Array<'test'>(4).fill('test'),
  ...Array<'supervised'>(5).fill('supervised'),
  ...(['scenario', 'scenario', 'procedure'] as const),
  ...Array<'observed'>(3).fill('observed'),
]

/**
 * What happened as the n-th of all, in the order of time: everybody has one piece before anybody has the next, in
 * another order each time. `until` is when the last one happened, ms since 1970.
 */
export function happening(
  { people }: Province,
  indicators: readonly string[],
  n: number,
  until: number,
): { who: number; event: Event } {
  const round = Math.floor(n / people.length)
  const turn = n % people.length
  const who = (turn * 7_919 + round * 104_729) % people.length
  const since = until - piecesEach * daysOfRound * dayLength
  const when = Math.floor(since + (round + turn / people.length) * daysOfRound * dayLength)
  const person = people[who]?.id ?? ''
  // Five shares no factor with 24, so that every step leads to another indicator.
  const indicator = at(indicators, who + 5 * (round % indicatorsEach))
  const random = randomFor('piece', who, round)
  const ability = 0.7 * normal(randomFor('person', who)) + 0.7 * normal(randomFor('ability', who, indicator))
  const common = { id: v7({ msecs: when }), person, at: new Date(when).toISOString(), indicator }
  const kind = at(kinds, Math.floor(random() * kinds.length))
  const event: Event =
    kind === 'observed'
      ? {
          ...common,
          kind: 'practice-observed',
          level: levelOf(ability + observationSd * normal(random), defaultCuts),
          rater: at(people, who - (who % 100)).id,
          observedOn: dayOf(common.at),
          note: '在现场看了办理过程，问了当事人。',
        }
      : { ...common, ...answer(kind, ability, random), item: itemOf(who, round, indicator) }
  return { who, event }
}

/** Another item each time: the first answer within half a year is evidence, later ones are review. */
const itemOf = (who: number, round: number, indicator: string) =>
  `itm-${indicator}-${(who * 7 + Math.floor(round / indicatorsEach) * 13) % bank}`

const labels = { easy: -1, medium: 0, hard: 1 }

/** An answer as somebody of this ability gives it. */
function answer(kind: Exclude<(typeof kinds)[number], 'observed'>, ability: number, random: Random) {
  const difficulty = at(['easy', 'medium', 'hard'] as const, Math.floor(random() * 3))
  const walked = kind === 'scenario' || kind === 'procedure'
  const guessing = walked ? 0 : 0.25
  const known = () => chance(random, guessing + (1 - guessing) / (1 + Math.exp(labels[difficulty] - ability)))
  const possible = walked ? 4 : 1
  const earned = Array.from({ length: possible }, known).filter(Boolean).length
  const mode = walked ? at(['test', 'supervised'] as const, Math.floor(random() * 2)) : kind
  return {
    ...{ kind: 'question-answered' as const, lesson: null, edition: null, itemRevision: 1 },
    ...(walked ? { itemKind: kind } : {}),
    ...(mode === 'practice' ? {} : { attempt: v7() }),
    mode,
    answer: createHash('sha256').update(String(random())).digest('hex'),
    ...{ earned, possible, difficulty, guessing },
  }
}

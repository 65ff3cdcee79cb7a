// Where an hour rule contradicts itself: each with the field, and a Chinese sentence that says how to mend it.
import type { Activity } from '#record/hours/activity.ts'
import type { HourRule } from '#record/hours/rule.ts'

export type Contradiction = { path: (string | number)[]; message: string }

/** All contradictions of a rule; empty for a sound one. `hoursFor` is given, because it lives with the shape. */
export function contradictions(
  rule: HourRule,
  hoursFor: (rule: HourRule, minutes: number) => number,
): Contradiction[] {
  const found = [
    ...inConversion(rule),
    ...inSteps(rule),
    ...inScope(rule),
    ...inValidity(rule),
    ...inActivities(rule),
    ...inYear(rule),
  ]
  return found.length > 0 ? found : falling(rule, hoursFor)
}

const say = (path: (string | number)[], message: string): Contradiction => ({ path, message })

function inConversion({ unitMinutes, steps, rounding }: HourRule): Contradiction[] {
  if (unitMinutes === undefined && !steps)
    return [say([], '没有写怎样折算。写 steps（按分钟分档），或者写 unitMinutes（多少分钟记1学时）。')]
  if (unitMinutes === undefined && rounding !== undefined)
    return [say(['rounding'], 'rounding 只和 unitMinutes 一起用。补上 unitMinutes，或者删去 rounding。')]
  if (unitMinutes !== undefined && steps && rounding !== undefined)
    return [say(['rounding'], '不足一个单位的部分写了两种算法。steps 和 rounding 只留一种。')]
  if (unitMinutes !== undefined && !steps && rounding === undefined)
    return [say(['unitMinutes'], '没有写不足一个单位的部分怎样算。不计就写 rounding: 1，或者写 steps。')]
  return []
}

type Bound = { minutes: number; inclusive: boolean }

function inSteps({ unitMinutes, steps = [] }: HourRule): Contradiction[] {
  const found: Contradiction[] = []
  let before: Bound = { minutes: 0, inclusive: true }
  steps.forEach(({ atMostMinutes, underMinutes }, i) => {
    const last = i === steps.length - 1
    if (atMostMinutes !== undefined && underMinutes !== undefined)
      found.push(say(['steps', i], 'atMostMinutes 和 underMinutes 只写一个。'))
    const minutes = atMostMinutes ?? underMinutes
    if (minutes === undefined) {
      if (!last)
        found.push(
          say(['steps', i + 1], '前一档没有上限，这一档永远用不到。给前一档写上限，或者删去这一档。'),
        )
      return
    }
    const bound = { minutes, inclusive: atMostMinutes !== undefined }
    if (!beyond(bound, before))
      found.push(say(['steps', i], '这一档的上限不比前一档高。各档按分钟从小到大写。'))
    before = bound
    if (unitMinutes !== undefined && minutes > unitMinutes)
      found.push(
        say(['steps', i], `余下的部分总是少于${unitMinutes}分钟，这个上限用不到。改成不超过${unitMinutes}。`),
      )
    if (last && unitMinutes === undefined)
      found.push(say(['steps', i], '更长的课没有写记多少。最后一档不写上限。'))
  })
  return found
}

const beyond = (bound: Bound, before: Bound) =>
  bound.minutes > before.minutes || (bound.minutes === before.minutes && bound.inclusive && !before.inclusive)

function inScope({ per, wholeCourse }: HourRule): Contradiction[] {
  return per === 'lesson' && wholeCourse !== undefined
    ? [say(['wholeCourse'], '每课单独算，就不看全课程学了多少。改成 per: course，或者删去 wholeCourse。')]
    : []
}

function inValidity({ from, until }: HourRule): Contradiction[] {
  return until !== undefined && until < from
    ? [say(['until'], `失效日${until}比生效日${from}还早。核对两个日期。`)]
    : []
}

function inActivities({ activities = [] }: HourRule): Contradiction[] {
  return activities.flatMap((activity, i) => {
    const at = ['activities', i]
    const twice = activities.findIndex(({ id }) => id === activity.id) < i
    return [
      ...(twice ? [say([...at, 'id'], `活动“${activity.id}”写了两次。改成不同的 id。`)] : []),
      ...inActivity(activity, at),
    ]
  })
}

function inActivity(
  { gives = {}, capPerItem, capPerYear }: Activity,
  at: (string | number)[],
): Contradiction[] {
  const found: Contradiction[] = []
  if (capPerItem !== undefined && capPerYear !== undefined && capPerItem > capPerYear)
    found.push(
      say([...at, 'capPerItem'], `每项上限${capPerItem}比全年上限${capPerYear}还高。改低它，或者删去它。`),
    )
  if ((gives['half-day'] ?? 0) > (gives.day ?? Infinity))
    found.push(say([...at, 'gives'], '半天的学时比一天还多。核对两个数。'))
  for (const [unit, hours] of Object.entries(gives)) {
    const cap = Math.min(capPerItem ?? Infinity, capPerYear ?? Infinity)
    if (hours > cap)
      found.push(
        say([...at, 'gives', unit], `一次记${hours}学时，超过上限${cap}，永远记不满。改低它，或者提高上限。`),
      )
  }
  return found
}

function inYear({ yearly, carryOver }: HourRule): Contradiction[] {
  const found: Contradiction[] = []
  const { compulsory, total, onlineCompulsory } = yearly ?? {}
  if (yearly && Object.values(yearly).every((hours) => hours === undefined))
    found.push(say(['yearly'], '年度要求是空的。至少写一项，或者删去 yearly。'))
  if (compulsory !== undefined && total !== undefined && compulsory > total)
    found.push(say(['yearly', 'compulsory'], `必修${compulsory}学时比合计${total}学时还多。核对两个数。`))
  if (onlineCompulsory !== undefined && compulsory !== undefined && onlineCompulsory > compulsory)
    found.push(
      say(
        ['yearly', 'onlineCompulsory'],
        `网上必修${onlineCompulsory}学时比必修${compulsory}学时还多。核对两个数。`,
      ),
    )
  if (carryOver !== undefined && carryOver !== 'none' && total === undefined)
    found.push(
      say(
        ['carryOver'],
        '写了结转，没有写全年合计要多少，算不出多出的部分。补上 yearly 的 total，或者写 carryOver: none。',
      ),
    )
  return found
}

/** A longer course must never be worth less. Half minutes up to three units, or ten hours, show every turn. */
function falling(rule: HourRule, hoursFor: (rule: HourRule, minutes: number) => number): Contradiction[] {
  const last = Math.min(1_200, rule.unitMinutes === undefined ? 600 : rule.unitMinutes * 3)
  for (let minutes = 0.5; minutes <= last; minutes += 0.5) {
    const [less, more] = [hoursFor(rule, minutes), hoursFor(rule, minutes - 0.5)]
    if (less < more)
      return [
        say(
          ['steps'],
          `${minutes}分钟记${less}学时，比${minutes - 0.5}分钟的${more}学时还少。课更长，学时不能更少。`,
        ),
      ]
  }
  return []
}

// What training officers saw people do, with the words of the model's own anchors.
import { levelSeen, severityOf, type Ability } from '#demo/ability.ts'
import { dayAfter } from '#day.ts'
import { momentOf, weekdayOf, type Year } from '#demo/calendar.ts'
import type { MakeId } from '#demo/id.ts'
import { between, pick, shuffled, whole, type Random } from '#demo/random.ts'
import { indicatorsOf, type CapabilityModel } from '#record/capability/model.ts'
import type { Event } from '#record/events/event.ts'

/** Where an officer meets each kind of work. */
const places: Record<string, string[]> = {
  political: ['支部主题党日', '组织生活会现场', '包村座谈时'],
  law: ['抽查办事台账时', '便民服务站现场', '包村检查时'],
  'mass-work': ['村民代表会议现场', '跟着入户走访时', '调解室里'],
  research: ['项目现场核对时', '听取调查汇报时', '预算讨论会上'],
  emergency: ['汛前检查现场', '消防演练现场', '夜间值守抽查时'],
  integrity: ['查看公开栏和台账时', '村务监督例会上', '“三资”清查现场'],
}

/** Days of the year in which officers go to see; none in the first three weeks. */
const watching = { from: 21, to: 350 }

export type Watched = { person: string; rater: string; year: Year; id: MakeId; random: Random }

/** One thing seen: at `level` in an indicator, on a working day; told the same morning or a few days later. */
export function observed(
  { person, rater, year, id, random }: Watched,
  model: CapabilityModel,
  indicator: string,
  level: number,
  days = whole(random, watching.from, watching.to),
): Event[] {
  const dimension = model.dimensions.find(({ indicators }) => indicators.some((one) => one.id === indicator))
  const anchor = dimension?.indicators.find((one) => one.id === indicator)?.anchors[level - 1]
  if (!dimension || !anchor) return []
  const day = dayAfter(year.firstOn, days)
  const observedOn = dayAfter(day, -Math.max(0, weekdayOf(day) - 4))
  const later = Math.min(pick(random, [0, 0, 0, 1, 3]), Math.max(0, 4 - weekdayOf(observedOn)))
  const at = Math.round(momentOf(dayAfter(observedOn, later), between(random, 560, 700)))
  const note = `${pick(random, places[dimension.id] ?? ['现场'])}：${anchor}。`
  return [
    {
      kind: 'practice-observed',
      ...{ id: id(at), person, at: new Date(at).toISOString(), indicator, level, rater, observedOn, note },
    },
  ]
}

/** So many things seen of a person, over different indicators first, then some of them again. */
export function observeSome(
  watched: Watched,
  model: CapabilityModel,
  ability: Ability,
  count: number,
): Event[] {
  const { random } = watched
  const severity = severityOf(watched.rater)
  const seen = (indicator: string) => levelSeen(random, ability.get(indicator) ?? 0, severity, model.cuts)
  const order = shuffled(
    random,
    indicatorsOf(model).map(({ id }) => id),
  )
  return Array.from({ length: count }, (_, i) => order[i % order.length] ?? '').flatMap((indicator) =>
    observed(watched, model, indicator, seen(indicator)),
  )
}

// What is learned elsewhere: monthly party lessons and classes with a list of who came, hours of other platforms.
import { dayAfter } from '#day.ts'
import { momentOf, monthsOf, sayMonth, weekdayOf, type Year } from '#demo/calendar.ts'
import type { MakeId } from '#demo/id.ts'
import { heldOn, type DemoPerson, type Zeal } from '#demo/people.ts'
import { chance, pick, randomFor, whole, type Random } from '#demo/random.ts'
import type { Event } from '#record/events/event.ts'

/** Who comes to a monthly lesson and to a class, and whose hours elsewhere are brought in. */
const keen: Record<Zeal, number> = { full: 0.95, middling: 0.75, light: 0.4, none: 0 }

/** How much of what is learned elsewhere comes in for this person. */
export type Training = { person: DemoPerson; officer: string; year: Year; id: MakeId }

/** A party lesson of the branch once a month, two 学时, with the list confirmed at its end. */
export function partyLessons({ person, officer, year, id }: Training, share = keen[person.zeal]): Event[] {
  return monthsOf(year).flatMap((month) => {
    const on = partyDay(month)
    const main = heldOn(person, on).find((held) => held.main)
    const random = randomFor('party-lesson', person.number, month)
    if (!main || on < year.firstOn || on > year.lastOn || !chance(random, share)) return []
    const confirmed = momentOf(on, 17 * 60 + 25)
    return [
      {
        kind: 'attendance-recorded',
        id: id(confirmed),
        person: person.id,
        at: new Date(confirmed).toISOString(),
        meter: 'concentrated',
        title: `${sayMonth(on)}三会一课（${main.unit.name}）`,
        organiser: `${main.unit.name}党支部`,
        on,
        minutes: 90,
        hours: 2,
        confirmedBy: officer,
      },
    ]
  })
}

/** The tenth, or the Friday before if that is at the weekend. */
function partyDay(month: string): string {
  const tenth = `${month}-10`
  return dayAfter(tenth, -Math.max(0, weekdayOf(tenth) - 4))
}

type Class = { title: string; posts: string[]; days: number }

/** Classes of two days at the county party school, eight 学时 a day. */
const classes: Class[] = [
  { title: '村（社区）干部履职培训班', posts: ['village-secretary', 'village-director'], days: 99 },
  { title: '村务监督骨干培训班', posts: ['supervision-director', 'township-discipline'], days: 134 },
  { title: '驻村第一书记培训班', posts: ['first-secretary'], days: 162 },
  { title: '网格员与社区工作者业务培训班', posts: ['grid-worker', 'social-worker'], days: 197 },
  { title: '基层党务干部培训班', posts: ['party-affairs'], days: 288 },
]

/** The class of a person's post, one event for each day that the person was there. */
export function classDays({ person, officer, year, id }: Training, share = keen[person.zeal]): Event[] {
  return classes.flatMap(({ title, posts, days }) => {
    const random = randomFor('class', person.number, title)
    const first = dayAfter(year.firstOn, days)
    const invited = heldOn(person, first).some((held) => held.main && posts.includes(held.post))
    if (!invited || !chance(random, share)) return []
    return ['第一天', '第二天'].map((name, i) => {
      const on = dayAfter(first, i)
      const confirmed = momentOf(on, 17 * 60 + 40)
      return {
        kind: 'attendance-recorded',
        id: id(confirmed),
        person: person.id,
        at: new Date(confirmed).toISOString(),
        meter: 'concentrated',
        title: `${on.slice(0, 4)}年${title}（${name}）`,
        organiser: '青溪县委党校',
        ...{ on, minutes: 360, hours: 8, confirmedBy: officer },
      }
    })
  })
}

/** Hours of a class or platform elsewhere; `after` says how many days later the officer brought them in. */
export type Elsewhere = {
  meter: 'online' | 'concentrated'
  title: string
  organiser: string
  startOn: string
  endOn: string
  hours: number
  after: number
}

/** The event that brings hours in, at ten in the morning so many days after the end. */
export function imported({ person, officer, id }: Training, { after, ...hours }: Elsewhere): Event {
  const at = momentOf(dayAfter(hours.endOn, after), 10 * 60)
  return {
    kind: 'hours-imported',
    ...{ id: id(at), person: person.id, at: new Date(at).toISOString(), ...hours, approvedBy: officer },
  }
}

/** Four times a year the hours at the provincial academy, and for some a class in the city. */
export function hoursElsewhere(training: Training): Event[] {
  const { person, year } = training
  const random = randomFor('elsewhere', person.number)
  const share = keen[person.zeal]
  const online = [30, 120, 211, 303]
    .filter(() => chance(random, share))
    .map((days) => online1(random, year, days))
  const city = chance(random, share * 0.25) ? [cityClass(random, year)] : []
  return [...online, ...city]
    .filter(({ endOn, after }) => person.closedOn === null || dayAfter(endOn, after) < person.closedOn)
    .map((elsewhere) => imported(training, elsewhere))
}

/** Three months at the provincial academy. */
export function online1(
  random: Random,
  year: Year,
  days: number,
  hours = whole(random, 8, 30) / 2,
): Elsewhere {
  const endOn = dayAfter(year.firstOn, days)
  return {
    meter: 'online',
    title: `省干部网络学院自学（至${sayMonth(endOn)}）`,
    organiser: '省干部网络学院',
    startOn: dayAfter(endOn, -90),
    endOn,
    hours,
    after: 5,
  }
}

function cityClass(random: Random, year: Year): Elsewhere {
  const startOn = dayAfter(year.firstOn, pick(random, [113, 176, 246]))
  return {
    meter: 'concentrated',
    title: '市委党校基层治理专题班',
    organiser: '市委党校',
    ...{ startOn, endOn: dayAfter(startOn, 2), hours: 24, after: 4 },
  }
}

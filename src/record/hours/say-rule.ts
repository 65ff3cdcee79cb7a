// A rule set in plain Chinese sentences: what a person without the file can check against the published text.
import type { Activity, Unit } from '#record/hours/activity.ts'
import { hoursFor, pointsFor, type HourRule } from '#record/hours/rule.ts'

/** One part of a rule set and what it says. */
export type Said = { name: string; says: string[] }

/** Every part of a rule set that says something, in the order in which people ask. */
export function sayRule(rule: HourRule): Said[] {
  const all: Said[] = [
    { name: '折算', says: [...sayConversion(rule), sayScope(rule)] },
    {
      name: '学完',
      says: [sayCompletion(rule), ...sayWhole(rule), '同一课一年只记一次；出了新版，可以再记一次。'],
    },
    { name: '学分', says: sayFactors(rule) },
    { name: '测试', says: rule.testBonusHours ? [`通过课程测试，另记${rule.testBonusHours}学时。`] : [] },
    { name: '其他学习', says: (rule.activities ?? []).map((activity) => sayActivity(activity, rule)) },
    { name: '年度要求', says: sayYearly(rule) },
    { name: '结转', says: sayCarryOver(rule) },
    { name: '有效期', says: [sayValidity(rule)] },
  ]
  return all.filter(({ says }) => says.length > 0)
}

/** From which day to which a rule set holds. */
export function sayValidity({ from, until }: Pick<HourRule, 'from' | 'until'>): string {
  return until === undefined ? `从${from}起，没有写失效日。` : `从${from}到${until}。`
}

function sayConversion(rule: HourRule): string[] {
  const { unitMinutes: unit, steps = [], rounding } = rule
  if (unit === undefined) return [`${sayTable(steps)}。`]
  const whole = `每${unit}分钟记1学时`
  if (steps.length > 0) return [`${whole}。`, `余下不足${unit}分钟的部分：${sayTable(steps)}。`]
  if (rounding === 1) return [`${whole}，不足${unit}分钟的部分不计。`]
  return [`${whole}，不足${unit}分钟的部分按比例折算，取到${rounding}学时的整倍，多的舍去。`]
}

type Steps = NonNullable<HourRule['steps']>

function sayTable(steps: Steps): string {
  return steps.map((step, i) => `${sayBounds(steps[i - 1], step)}${sayHours(step.hours)}`).join('；')
}

const sayHours = (hours: number) => (hours === 0 ? '不计' : `记${hours}学时`)

function sayBounds(
  before: Steps[number] | undefined,
  { atMostMinutes, underMinutes }: Steps[number],
): string {
  const low = sayLow(before)
  if (atMostMinutes !== undefined) return `${low ? `${low}、` : ''}${atMostMinutes}分钟及以内`
  if (underMinutes !== undefined) return `${low ? `${low}、` : ''}不足${underMinutes}分钟`
  return low || '不论长短'
}

/** Where a step begins: beyond the bound of the one before it. */
function sayLow(before: Steps[number] | undefined): string {
  if (before?.atMostMinutes !== undefined) return `超过${before.atMostMinutes}分钟`
  return before?.underMinutes === undefined ? '' : `${before.underMinutes}分钟及以上`
}

function sayScope({ per }: HourRule): string {
  return per === 'course'
    ? '按课程计：同一课程里一年内学完的各课，分钟数加在一起算。'
    : '按课计：每一课单独算，不加在一起。'
}

function sayCompletion({ completionRatio }: HourRule): string {
  return `看完各节、答对检查题，有效学习达到标注时长的${sayShare(completionRatio)}%，才算学完一课。`
}

function sayWhole({ wholeCourse }: HourRule): string[] {
  if (wholeCourse === undefined) return []
  const share = `${sayShare(wholeCourse)}%`
  return [
    `一门课程一年内学完的各课，达到全课程标注时长的${share}才记学时；不到${share}的先不记，到了一并记入。`,
  ]
}

/** A share in percent, to a tenth. */
export const sayShare = (share: number) => String(Math.round(share * 1000) / 10)

function sayFactors({ points }: HourRule): string[] {
  if (!points) return []
  return points.compulsory === points.elective
    ? [`1学时折${points.compulsory}学分，必修选修相同。`]
    : [`必修1学时折${points.compulsory}学分，选修1学时折${points.elective}学分；没有写明必修的按选修折算。`]
}

const unitNames: Record<Unit, string> = {
  day: '每天',
  'half-day': '每半天',
  hour: '每小时',
  session: '每次',
  'taught-hour': '每授课1学时记',
  item: '每项',
}

/** 学时 of an activity by its units, in words, such as 每天6学时、每半天3学时. */
export function sayGiven({ gives = {} }: Activity): string {
  const given = Object.entries(gives) as [Unit, number][]
  return given.map(([unit, hours]) => `${unitNames[unit]}${hours}学时`).join('、')
}

function sayActivity(activity: Activity, rule: HourRule): string {
  const { title, meter, points, capPerItem, capPerYear } = activity
  const parts = [
    sayGiven(activity) || '学时以核准的为准',
    points === undefined || !rule.points ? '' : `1学时折${points}学分`,
    capPerItem === undefined ? '' : `同一项一年最多${capPerItem}学时`,
    capPerYear === undefined ? '' : `全年最多${capPerYear}学时`,
  ]
  return `${title}：${parts.filter(Boolean).join('，')}；记在${meter === 'online' ? '网络自学' : '集中培训'}。`
}

function sayYearly({ yearly }: HourRule): string[] {
  if (!yearly) return []
  const targets = [
    yearly.compulsory === undefined ? '' : `必修不少于${yearly.compulsory}学时`,
    yearly.total === undefined ? '' : `必修和选修合计不少于${yearly.total}学时`,
    yearly.onlineCompulsory === undefined ? '' : `网上必修不少于${yearly.onlineCompulsory}学时`,
  ]
  return [`每年${targets.filter(Boolean).join('，')}。`]
}

function sayCarryOver({ carryOver }: HourRule): string[] {
  if (carryOver === undefined) return []
  if (carryOver === 'none') return ['当年多出的学时不结转。']
  const most = carryOver.max === undefined ? '' : `，最多${carryOver.max}学时`
  return [`各项年度要求都达到以后，多出的学时结转为下一年的选修${most}；结转来的先用，只用到下一年。`]
}

const lengths = [10, 15, 20, 30, 45, 60, 90, 120]

/** What courses (or lessons) of usual lengths are worth; 学分 are null where the rule set counts none. */
export function usualLengths(rule: HourRule) {
  return lengths.map((minutes) => {
    const hours = hoursFor(rule, minutes)
    return {
      minutes,
      hours,
      compulsory: pointsFor(rule, hours, 'compulsory'),
      elective: pointsFor(rule, hours, 'elective'),
    }
  })
}

// A rule file that contradicts itself is refused, with the field and with a sentence that says how to mend it.
import { expect, test } from 'vitest'
import { readYaml } from '#course/read-yaml.ts'
import { HourRule } from '#record/hours/rule.ts'
import { nanjing, yunnan } from '../published-rules.ts'

const { steps: _, ...without } = yunnan
const unit = { ...without, unitMinutes: 45 }
const talk = { id: 'talk', title: '讲座', meter: 'concentrated' }

/** What is wrong with a rule, as [field, sentence]. */
const wrong = (rule: unknown) =>
  HourRule.safeParse(rule).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []

const table: [string, unknown, string, string][] = [
  [
    'neither steps nor a unit',
    without,
    '',
    '没有写怎样折算。写 steps（按分钟分档），或者写 unitMinutes（多少分钟记1学时）。',
  ],
  [
    'a rounding without a unit',
    { ...yunnan, rounding: 0.5 },
    'rounding',
    'rounding 只和 unitMinutes 一起用。补上 unitMinutes，或者删去 rounding。',
  ],
  [
    'two ways for the rest',
    { ...unit, rounding: 1, steps: [{ hours: 0 }] },
    'rounding',
    '不足一个单位的部分写了两种算法。steps 和 rounding 只留一种。',
  ],
  [
    'no way for the rest',
    unit,
    'unitMinutes',
    '没有写不足一个单位的部分怎样算。不计就写 rounding: 1，或者写 steps。',
  ],
  [
    'a step after one without a bound',
    { ...yunnan, steps: [{ hours: 1 }, { hours: 2 }] },
    'steps.1',
    '前一档没有上限，这一档永远用不到。给前一档写上限，或者删去这一档。',
  ],
  [
    'a step with two bounds',
    { ...yunnan, steps: [{ atMostMinutes: 9, underMinutes: 9, hours: 0 }, { hours: 1 }] },
    'steps.0',
    'atMostMinutes 和 underMinutes 只写一个。',
  ],
  [
    'bounds that do not rise',
    { ...yunnan, steps: [{ atMostMinutes: 30, hours: 0.5 }, { underMinutes: 30, hours: 1 }, { hours: 1 }] },
    'steps.1',
    '这一档的上限不比前一档高。各档按分钟从小到大写。',
  ],
  [
    'a table that ends',
    { ...yunnan, steps: [{ underMinutes: 30, hours: 0.5 }] },
    'steps.0',
    '更长的课没有写记多少。最后一档不写上限。',
  ],
  [
    'a step beyond the unit',
    { ...unit, steps: [{ underMinutes: 60, hours: 0.5 }] },
    'steps.0',
    '余下的部分总是少于45分钟，这个上限用不到。改成不超过45。',
  ],
  [
    'a longer course that is worth less',
    { ...yunnan, steps: [{ underMinutes: 30, hours: 1 }, { hours: 0.5 }] },
    'steps',
    '30分钟记0.5学时，比29.5分钟的1学时还少。课更长，学时不能更少。',
  ],
  [
    'a rest that is worth more than a unit',
    { ...unit, steps: [{ hours: 2 }] },
    'steps',
    '45分钟记1学时，比44.5分钟的2学时还少。课更长，学时不能更少。',
  ],
  [
    'an end before its beginning',
    { ...yunnan, until: '2023-12-31' },
    'until',
    '失效日2023-12-31比生效日2024-01-01还早。核对两个日期。',
  ],
  [
    'an activity twice',
    { ...yunnan, activities: [talk, talk] },
    'activities.1.id',
    '活动“talk”写了两次。改成不同的 id。',
  ],
  [
    'a cap an item above that of the year',
    { ...yunnan, activities: [{ ...talk, capPerItem: 20, capPerYear: 10 }] },
    'activities.0.capPerItem',
    '每项上限20比全年上限10还高。改低它，或者删去它。',
  ],
  [
    'half a day above a day',
    { ...yunnan, activities: [{ ...talk, gives: { day: 3, 'half-day': 4 } }] },
    'activities.0.gives',
    '半天的学时比一天还多。核对两个数。',
  ],
  [
    'a paper above its cap',
    { ...yunnan, activities: [{ ...talk, gives: { item: 48 }, capPerYear: 40 }] },
    'activities.0.gives.item',
    '一次记48学时，超过上限40，永远记不满。改低它，或者提高上限。',
  ],
  ['an empty target', { ...yunnan, yearly: {} }, 'yearly', '年度要求是空的。至少写一项，或者删去 yearly。'],
  [
    'more compulsory than in all',
    { ...nanjing, yearly: { compulsory: 90, total: 84 } },
    'yearly.compulsory',
    '必修90学时比合计84学时还多。核对两个数。',
  ],
  [
    'more online than compulsory',
    { ...nanjing, yearly: { compulsory: 9, onlineCompulsory: 10, total: 84 } },
    'yearly.onlineCompulsory',
    '网上必修10学时比必修9学时还多。核对两个数。',
  ],
  [
    'a carry-over without a target',
    { ...nanjing, yearly: { compulsory: 56 } },
    'carryOver',
    '写了结转，没有写全年合计要多少，算不出多出的部分。补上 yearly 的 total，或者写 carryOver: none。',
  ],
  [
    'a carry-over to what does not exist',
    { ...nanjing, carryOver: { to: 'compulsory' } },
    'carryOver',
    '不结转就写 none；结转到下一年的选修就写 to: elective，有上限再写 max。',
  ],
]

test.each(table)('%s is refused', (_, rule, field, sentence) => {
  expect(wrong(rule)).toEqual([[field, sentence]])
})

test.each([
  ['no carry-over', { ...nanjing, carryOver: 'none' }],
  ['a carry-over up to a bound', { ...nanjing, carryOver: { to: 'elective', max: 20 } }],
  ['a rule that ends on its first day', { ...yunnan, until: '2024-01-01' }],
  ['a unit of which the rest is left out', { ...unit, rounding: 1 }],
  [
    'a bound that takes in what the one before leaves out',
    {
      ...yunnan,
      steps: [{ underMinutes: 30, hours: 0.5 }, { atMostMinutes: 30, hours: 0.75 }, { hours: 1 }],
    },
  ],
])('%s is sound', (_, rule) => {
  expect(wrong(rule)).toEqual([])
})

test('who wrote the file is told the line', () => {
  const source = [
    'id: x',
    "version: '1'",
    'title: 甲',
    'source: 乙',
    'per: course',
    'from: 2024-01-01',
    'completionRatio: 1',
    'unitMinutes: 45',
  ].join('\n')
  const read = readYaml(source, HourRule, 'hour-rules/x.yaml')
  expect(read.type === 'refused' && read.problems).toMatchObject([
    { line: 8, mend: '没有写不足一个单位的部分怎样算。不计就写 rounding: 1，或者写 steps。' },
  ])
})

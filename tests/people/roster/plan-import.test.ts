import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planImport, type ImportPlan, type Picture } from '#people/roster/plan-import.ts'
import { readRoster } from '#people/roster/read-roster.ts'
import { posts } from './county.ts'

const picture = (): Picture => ({
  posts,
  people: new Map([
    person('QX0001', '张三', { held: [post('a1', 'grid-worker', true)] }),
    person('QX0002', '李四', { closed: true }),
    person('QX0003', '王五', { inScope: false }),
  ]),
  units: new Map([
    ['青溪县', { id: 'c', path: '/c/', inScope: false }],
    ['青溪县/白石镇', { id: 't', path: '/c/t/', inScope: true }],
    ['青溪县/白石镇/云岭村', { id: 'v', path: '/c/t/v/', inScope: true }],
  ]),
})

const post = (id: string, name: string, main: boolean) => ({
  ...{ id, unitId: 'v', post: name, fromOn: '2024-01-01', toOn: null, main, mine: true },
})

function person(
  number: string,
  name: string,
  more: object,
): [string, Picture['people'] extends Map<string, infer P> ? P : never] {
  return [
    number.toLowerCase(),
    { id: `id-${number}`, number, name, closed: false, inScope: true, held: [], ...more },
  ]
}

function plan(lines: string[], choices: { makeUnits?: boolean; endFormer?: boolean } = {}): ImportPlan {
  const roster = readRoster(['工号,姓名,单位,职务,任职日期,是否主职', ...lines].join('\n'))
  if ('problems' in roster) throw new Error(roster.problems.join())
  let next = 0
  return planImport(
    roster.rows,
    picture(),
    { makeUnits: false, endFormer: false, ...choices },
    () => `n${++next}`,
  )
}

const verdicts = (found: ImportPlan) => found.rows.map(({ act, says }) => [act, says])
const village = '青溪县/白石镇/云岭村'

test('a new number is a new person with a first assignment', () => {
  const found = plan([`QX0009,赵六,${village},网格员,2026-03-01,是`])
  expect(verdicts(found)).toEqual([['add-person', '']])
  expect(found.changes).toEqual({
    units: [],
    people: [{ id: 'n1', number: 'QX0009', name: '赵六' }],
    assignments: [
      {
        id: 'n2',
        personId: 'n1',
        unitId: 'v',
        post: 'grid-worker',
        fromOn: '2026-03-01',
        toOn: null,
        main: true,
        mine: true,
      },
    ],
    ends: [],
  })
})

test('a known person gets a further assignment, also when the number is typed in small letters', () => {
  const found = plan([`qx0001,张三,${village},村委会主任,2026-03-01,否`])
  expect(verdicts(found)).toEqual([['add-assignment', '']])
  expect(found.changes).toMatchObject({ people: [], assignments: [{ personId: 'id-QX0001', main: false }] })
})

test('two rows of one new person make one person with two assignments', () => {
  const found = plan([
    `QX0009,赵六,${village},网格员,2026-03-01,是`,
    `QX0009,赵六,青溪县/白石镇,网格员,2026-03-01,否`,
  ])
  expect(verdicts(found).map(([act]) => act)).toEqual(['add-person', 'add-assignment'])
  expect(found.changes.people).toHaveLength(1)
})

test('what is there already changes nothing', () => {
  const found = plan([
    `QX0001,张三,${village},网格员,2024-01-01,是`,
    `QX0001,张三,${village},网格员,2025-05-01,是`,
  ])
  expect(verdicts(found)).toEqual([
    ['same', '已有这个任职，从2024-01-01起。'],
    ['same', '已有这个任职，从2024-01-01起。以已有的日期为准。'],
  ])
  expect(found.changes.assignments).toEqual([])
})

test.each([
  [
    `QX0001,张珊,${village},网格员,2026-03-01,否`,
    '工号QX0001已是“张三”。核对工号；如果是改名，先在他的人员页改正姓名。',
  ],
  [`QX0002,李四,${village},网格员,2026-03-01,是`, '这个账号已停用。先在他的人员页恢复账号，再导入。'],
  [
    `QX0003,王五,${village},网格员,2026-03-01,是`,
    '这个工号由范围以外的人使用。核对工号，或请上级管理员办理。',
  ],
  [
    `QX0003,猜猜,${village},网格员,2026-03-01,是`,
    '这个工号由范围以外的人使用。核对工号，或请上级管理员办理。',
  ],
  [
    `QX0001,张三,${village},村党组织书记,2026-03-01,是`,
    '从2024-01-01起他的主职是“网格员”，一天只能有一个主职。“是否主职”写“否”，或先结束原主职，或勾选“原主职自动结束”（新任职要晚于原主职）。',
  ],
  [
    `QX0001,张三,${village},网格员,2024-01-01,否`,
    '这个任职已有，记为主职，与本行“否”不同。改成一致，或在人员页先结束它。',
  ],
  [
    `QX0009,赵六,青溪县,网格员,2026-03-01,是`,
    '没有找到单位“青溪县”，或它不在你管理的范围。从最上级写起，核对每一级的名称。',
  ],
  [
    `QX0009,赵六,青溪县/鹤山镇,网格员,2026-03-01,是`,
    '没有找到单位“鹤山镇”，或它不在你管理的范围。从最上级写起，核对每一级的名称。',
  ],
  [
    `QX0009,赵六,云岭村,网格员,2026-03-01,是`,
    '没有找到单位“云岭村”，或它不在你管理的范围。从最上级写起，核对每一级的名称。',
  ],
  [
    `QX0009,赵六,青溪县/白石镇/新村,网格员,2026-03-01,是`,
    '还没有单位“新村”。核对名称；确要新建，勾选“新建不存在的单位”。',
  ],
])('a row in error says what and how to mend it: %s', (line, says) => {
  const found = plan([line])
  expect(verdicts(found)).toEqual([['error', says]])
  expect(found.changes).toEqual({ units: [], people: [], assignments: [], ends: [] })
})

test('missing units are made when asked for, once, in order, and only below units of the scope', () => {
  const lines = [
    'QX0009,赵六,青溪县/白石镇/新村/一组,网格员,2026-03-01,是',
    'QX0010,钱七,青溪县/白石镇/新村,网格员,2026-03-01,是',
    'QX0011,孙八,青溪县/鹤山镇,网格员,2026-03-01,是',
    'QX0012,周九,青溪县/白石镇/某,网格员,2026-03-01,是',
  ]
  const found = plan(lines, { makeUnits: true })
  expect(verdicts(found)).toEqual([
    ['add-person', '新建单位新村、一组。'],
    ['add-person', ''],
    ['error', '没有找到单位“鹤山镇”，或它不在你管理的范围。从最上级写起，核对每一级的名称。'],
    ['error', '单位名称要2到30个字。'],
  ])
  expect(found.changes.units).toEqual([
    { id: 'n1', parentId: 't', path: '/c/t/n1/', name: '新村' },
    { id: 'n2', parentId: 'n1', path: '/c/t/n1/n2/', name: '一组' },
  ])
})

test('with the box ticked a promotion ends the former main post on the day before', () => {
  const lines = [
    `QX0001,张三,${village},村委会主任,2025-06-01,是`,
    `QX0001,张三,青溪县/白石镇,村党组织书记,2026-03-01,是`,
  ]
  const found = plan(lines, { endFormer: true })
  expect(verdicts(found)).toEqual([
    ['add-assignment', '原主职“网格员”到2025-05-31止。'],
    ['add-assignment', '原主职“村委会主任”到2026-02-28止。'],
  ])
  expect(found.changes.ends).toEqual([{ id: 'a1', toOn: '2025-05-31' }])
  expect(found.changes.assignments.map((one) => one.toOn)).toEqual(['2026-02-28', null])
})

test('signs that a spreadsheet would take for a formula stay text', () => {
  const found = plan(
    ['=1+1', '+86', '-2+3', '@SUM(A1)', '=HYPERLINK'].map(
      (name, i) => `QX10${i}0,${name},${village},网格员,2026-03-01,是`,
    ),
  )
  expect(found.changes.people.map((one) => one.name)).toEqual([
    '=1+1',
    '+86',
    '-2+3',
    '@SUM(A1)',
    '=HYPERLINK',
  ])
})

test('whatever the rows say, planning answers every row and never throws', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('QX0001', '张三', village, '网格员', '2026-03-01', '是', ''),
  )
  const cells = fc.record({ 工号: cell, 姓名: cell, 单位: cell, 职务: cell, 任职日期: cell, 是否主职: cell })
  fc.assert(
    fc.property(fc.array(cells), fc.boolean(), fc.boolean(), (all, makeUnits, endFormer) => {
      const rows = all.map((one, i) => ({ line: i + 2, cells: one }))
      let next = 0
      const found = planImport(rows, picture(), { makeUnits, endFormer }, () => `n${++next}`)
      expect(found.rows).toHaveLength(rows.length)
      expect(found.rows.every((one) => one.act !== 'error' || one.says !== '')).toBe(true)
    }),
  )
})

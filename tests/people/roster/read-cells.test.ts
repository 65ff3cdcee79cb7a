import { expect, test } from 'vitest'
import { readCells, readDay } from '#people/roster/read-cells.ts'
import { posts } from './county.ts'

const good = {
  工号: 'QX0001',
  姓名: '张三',
  单位: '青溪县/白石镇',
  职务: '网格员',
  任职日期: '2026-03-01',
  是否主职: '是',
}
const read = (cells: Partial<typeof good>) => readCells({ line: 2, cells: { ...good, ...cells } }, posts)

test('a row in order is understood', () => {
  const entry = { line: 2, number: 'QX0001', name: '张三', units: ['青溪县', '白石镇'], post: 'grid-worker' }
  expect(read({})).toEqual({ entry: { ...entry, fromOn: '2026-03-01', main: true } })
  expect(read({ 职务: 'grid-worker', 是否主职: '否', 单位: '青溪县／白石镇/' })).toMatchObject({
    entry: { ...entry, main: false },
  })
})

test.each([
  ['2026-03-01', '2026-03-01'],
  ['2026/3/1', '2026-03-01'],
  ['2026.03.1', '2026-03-01'],
  ['2026年3月1日', '2026-03-01'],
  ['２０２６年３月１日', '2026-03-01'],
  ['20260301', '2026-03-01'],
  ['2026/3/1 0:00', '2026-03-01'],
  ['2026-02-29', null],
  ['2026-03', null],
  ['2026/3-1', null],
  ['3/1/2026', null],
  ['46082', null],
  ['', null],
])('the day %j is read as %j', (text, on) => expect(readDay(text)).toBe(on))

const list = '可以写：村党组织书记、村委会主任、网格员。'
test.each([
  [{ 工号: '11010519491231002X' }, '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'],
  [{ 工号: '13800138000' }, '这像是手机号。本平台不收手机号，请换成单位编的工号。'],
  [{ 工号: '' }, '写上工号。'],
  [{ 姓名: '张' }, '姓名要2到20个字。'],
  [{ 单位: '' }, '单位写成从上到下的名称，用“/”隔开，如青溪县/白石镇/云岭村。'],
  [{ 单位: '青溪县//云岭村' }, '单位写成从上到下的名称，用“/”隔开，如青溪县/白石镇/云岭村。'],
  [{ 职务: '县令' }, `没有“县令”这个职务。${list}`],
  [{ 职务: '' }, `写上职务。${list}`],
  [{ 任职日期: '2026-03' }, '任职日期要写到日，如2026-03-01。'],
  [{ 任职日期: '2026年3月' }, '任职日期要写到日，如2026-03-01。'],
  [{ 任职日期: '46082' }, '任职日期是Excel的序号。把这一列设为文本或日期格式，写成2026-03-01，再另存。'],
  [{ 任职日期: '去年' }, '任职日期写成2026-03-01这样的真实日期。'],
  [{ 任职日期: '' }, '写上任职日期，如2026-03-01。'],
  [{ 是否主职: '也许' }, '“是否主职”只写“是”或“否”。'],
])('a wrong cell says what and how to mend it: %j', (cells, problem) =>
  expect(read(cells)).toEqual({ problems: [problem] }),
)

test('all that is wrong in a row is said at once', () => {
  expect(read({ 姓名: '', 任职日期: '', 是否主职: '?' })).toEqual({
    problems: ['写上姓名。', '写上任职日期，如2026-03-01。', '“是否主职”只写“是”或“否”。'],
  })
})

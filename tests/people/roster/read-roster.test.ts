import { expect, test } from 'vitest'
import { decodeRoster, readRoster, rosterTemplate } from '#people/roster/read-roster.ts'

const heading = '工号,姓名,单位,职务,任职日期,是否主职'
const row = 'QX0001,张三,青溪县/白石镇,网格员,2026-03-01,是'
/** 张三 as GB18030 writes it. */
const zhangSan = [0xd5, 0xc5, 0xc8, 0xfd]

const utf8 = (text: string) => new TextEncoder().encode(text)
const problemsOf = (text: string) => {
  const roster = readRoster(text)
  return 'problems' in roster ? roster.problems : []
}
const rowsOf = (text: string) => {
  const roster = readRoster(text)
  return 'rows' in roster ? roster.rows : []
}

test('UTF-8 with and without BOM, GB18030 and UTF-16 are understood', () => {
  expect(decodeRoster(utf8('张三'))).toEqual({ text: '张三' })
  expect(decodeRoster(utf8('\uFEFF张三'))).toEqual({ text: '张三' })
  expect(decodeRoster(Uint8Array.from(zhangSan))).toEqual({ text: '张三' })
  expect(decodeRoster(Uint8Array.from([0xff, 0xfe, 0x20, 0x5f, 0x09, 0x4e]))).toEqual({ text: '张三' })
})

test('a rare character that only GB18030 has arrives whole', () => {
  const decoded = decodeRoster(Uint8Array.from([0x95, 0x32, 0x82, 0x36, ...zhangSan]))
  expect(decoded).toEqual({ text: '𠀀张三' })
})

test.each([
  [new Uint8Array(), '文件是空的。请选填好的名册。'],
  [new Uint8Array(1024 * 1024 + 1), '文件超过1 MB。请分成几份，一份一份导入。'],
  [
    Uint8Array.from([0x50, 0x4b, 3, 4]),
    '这是Excel工作簿，不是CSV。在Excel或WPS里“另存为”，类型选CSV，再上传。',
  ],
  [Uint8Array.from([0xff, 0xff, 0x00]), '认不出文件的编码。另存为“CSV UTF-8”，再上传。'],
  [utf8('a\0b'), '认不出文件的编码。另存为“CSV UTF-8”，再上传。'],
])('a file that is no roster says why (%#)', (bytes, problem) =>
  expect(decodeRoster(bytes)).toEqual({ problem }),
)

test('the template can be imported and shows one row as an example', () => {
  expect(rosterTemplate().startsWith('\uFEFF工号,姓名,单位,职务,任职日期,是否主职\r\n')).toBe(true)
  expect(rowsOf(rosterTemplate())).toHaveLength(1)
})

test('columns may stand in any order, cells lose outer space, empty rows are left out, lines are those of the file', () => {
  const text =
    '姓名,工号,是否主职,单位,职务,任职日期\r\n\r\n 张三 ,QX0001,是,青溪县,网格员,2026-03-01\r\n,,,,,\r\n李四,QX0002\r\n'
  expect(rowsOf(text)).toEqual([
    {
      line: 3,
      cells: {
        工号: 'QX0001',
        姓名: '张三',
        单位: '青溪县',
        职务: '网格员',
        任职日期: '2026-03-01',
        是否主职: '是',
      },
    },
    { line: 5, cells: { 工号: 'QX0002', 姓名: '李四', 单位: '', 职务: '', 任职日期: '', 是否主职: '' } },
  ])
})

test('what is pasted from a table has tabs, and is read as well', () => {
  expect(rowsOf(`${heading}\n${row}`.replaceAll(',', '\t'))).toEqual(rowsOf(`${heading}\n${row}`))
})

test('quoted cells keep commas and quotes', () => {
  expect(rowsOf(`${heading}\nQX1,"张,三""",a,b,c,d`)[0]?.cells.姓名).toBe('张,三"')
})

test.each([
  ['', ['文件里没有内容。第一行要是列名，可以先下载模板。']],
  [heading, ['列名下面没有人。每人一行，再上传。']],
  [`工号,姓名\n1,2`, ['少了列：单位、职务、任职日期、是否主职。第一行要写齐列名，可以先下载模板。']],
  [
    `${heading},身份证号,手机\n${row},1,2`,
    ['多了列：“身份证号”、“手机”。本平台只收模板里的六列，请删去多出的列再上传。'],
  ],
  [`${heading},姓名\n${row},李四`, ['列名重复：姓名。每列只留一个。']],
  [`${heading}\n"张三`, ['第2行的引号不成对。双引号要成对，单元格里的双引号写两个。']],
  [
    [heading, ...Array.from({ length: 5001 }, () => row)].join('\n'),
    ['一共5001行，一次最多5000行。请分成几份，一份一份导入。'],
  ],
])('a file whose shape is wrong says what and how to mend it (%#)', (text, problems) =>
  expect(problemsOf(text)).toEqual(problems),
)

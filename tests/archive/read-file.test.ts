import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readFile } from '#archive/read-file.server.ts'
import {
  cellsOf,
  csv,
  frame,
  handmade,
  headers,
  inlineRows,
  problemsOf,
  readCsvFile,
  readWorkbook,
  refused,
  typedRow,
  workbook,
} from './files.ts'

const MB = 1024 * 1024

test('a row of a CSV file is understood, in each of the encodings that offices save', async () => {
  const text = csv(typedRow()).toString()
  const gb18030 = Buffer.from('b9a4bac52cd0d5c3fb', 'hex')
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
  ]) {
    const [row] = await readCsvFile(bytes)
    expect(row).toMatchObject({
      line: 2,
      number: 'QX1001',
      name: '张三',
      entry: {
        meter: 'concentrated',
        title: '村（社区）干部履职培训班',
        organiser: '县委党校',
        startOn: '2026-03-02',
        endOn: '2026-03-04',
        hours: 24,
      },
    })
  }
  // “工号,姓名” as GB18030: recognised as a heading, and the rest is missed.
  expect(await refused(readCsvFile(gb18030))).toContain('少了列：培训班（课程）名称')
})

test('a workbook is read as it looks: days, numbers, text cells, full-width digits', async () => {
  const indexOf = (header: string) => headers.indexOf(header)
  const typed: unknown[] = typedRow({ 工号: 'ＱＸ１００１', 结束日期: '2026年3月4日', 成绩: '' })
  typed[indexOf('开始日期')] = new Date(Date.UTC(2026, 2, 2))
  typed[indexOf('认定学时')] = 7.9999999999999991
  typed[indexOf('成绩')] = 85
  const [row] = await readWorkbook(await workbook([headers, typed]))
  expect(row).toMatchObject({
    line: 2,
    number: 'QX1001',
    entry: { startOn: '2026-03-02', endOn: '2026-03-04', hours: 8, entry: { score: '85' } },
  })
})

test('the heading may stand below a title, and its columns in any order', async () => {
  const turned = (row: string[]) => row.toReversed()
  const file = await workbook([['青溪县干部教育培训档案'], [], turned(headers), turned(typedRow())])
  expect(await readWorkbook(file)).toMatchObject([{ line: 4, number: 'QX1001' }])
})

test('what a formula showed when it was saved is read; one that shows nothing, or an error, is named', async () => {
  const row = inlineRows([typedRow()], 2)
  const hours = (cell: string) => handmade(inlineRows([headers]) + row.replace(/<c r="R2"[^]*?<\/c>/, cell))
  expect(await readWorkbook(hours('<c r="R2"><f>8*3</f><v>24</v></c>'))).toMatchObject([
    { entry: { hours: 24 } },
  ])
  for (const cell of [
    '<c r="R2"><f>8*3</f></c>',
    '<c r="R2" t="str"><f>8*3</f><v></v></c>',
    '<c r="R2"><f t="shared" si="0"/></c>',
  ])
    expect(await refused(readWorkbook(hours(cell)))).toBe(
      'R2格是公式，还没有算出结果。在Excel或WPS里打开并保存一次，或把公式粘贴成数值，再上传。',
    )
  expect(await refused(readWorkbook(hours('<c r="R2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')))).toContain(
    'R2格的公式出错了',
  )
})

test('columns that are missing, unknown or doubled are named, all at once', async () => {
  const bytes = Buffer.from('工号,姓名,工号,身份证号\r\nQX1001,张三,QX1001,x')
  const message = await refused(readCsvFile(bytes))
  expect(message).toContain('少了列：培训班（课程）名称、培训方式、开始日期、结束日期、认定学时。')
  expect(message).toContain('多了列：“身份证号”。')
  expect(message).toContain('列名重复：工号。每列只留一个。')
  expect(await refused(readCsvFile(Buffer.from('甲,乙\r\n1,2')))).toContain('没有找到列名。')
})

test('a file that was mended may keep the column of its problems', async () => {
  const bytes = Buffer.concat([csv(typedRow()).subarray(0), Buffer.alloc(0)])
    .toString()
    .split('\r\n')
  const mended = Buffer.from(
    bytes.map((line, i) => `${line},${i === 0 ? '问题' : '"认定学时：写上认定学时。"'}`).join('\r\n'),
  )
  expect(await readCsvFile(mended)).toMatchObject([{ number: 'QX1001' }])
})

test('what is no file of hours is refused with what to do', async () => {
  const xlsx = await workbook([headers, typedRow()])
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  expect(await refused(readCsvFile(Buffer.alloc(0)))).toBe('文件是空的。请选填好的文件。')
  expect(await refused(readWorkbook(old, '学时.xls'))).toContain('旧格式的工作簿 (.xls)，或者加了密码')
  expect(await refused(readWorkbook(old))).toContain('另存为“Excel 工作簿 (.xlsx)”')
  expect(await refused(readWorkbook(csv(typedRow())))).toContain('文件名是.xlsx，里面却不是工作簿')
  expect(await refused(readCsvFile(xlsx))).toContain('文件名是CSV，里面却是压缩文件或工作簿')
  expect(await refused(readCsvFile(xlsx, '学时.zip'))).toContain('只收Excel工作簿 (.xlsx) 和CSV文件')
  expect(await refused(readWorkbook(Buffer.from(zipSync({ 'a.txt': strToU8('hello') }))))).toContain(
    '这不是能读的工作簿',
  )
  expect(await refused(readCsvFile(csv()))).toContain('列名下面没有内容')
  expect(await refused(readCsvFile(Buffer.from('工号\0,姓名')))).toContain('认不出文件的编码')
  expect(await refused(readCsvFile(Buffer.concat([csv(), Buffer.from('\r\n"QX1001,张三')])))).toMatch(
    /第\d+行的引号不成对/,
  )
})

test('a damaged workbook is never read in part', async () => {
  const whole = await workbook([headers, typedRow(), typedRow({ 工号: 'QX1002' })])
  for (const cut of [4, 100, Math.floor(whole.length / 2), whole.length - 30, whole.length - 1])
    expect(await refused(readWorkbook(whole.subarray(0, cut))), `cut at ${cut}`).toContain(
      '工作簿坏了，打不开',
    )
  const sheet = whole.indexOf('xl/worksheets/sheet1.xml') + 60
  const flipped = Buffer.from(whole)
  flipped[sheet] = (flipped[sheet] ?? 0) ^ 0x10
  expect(await refused(readWorkbook(flipped))).toContain('工作簿坏了，打不开')
})

/** Sixty megabytes of spaces in a sheet of some sixty kilobytes. */
const bomb = () => handmade(' '.repeat(60 * MB))

test('a small file that unpacks to more than fifty megabytes is stopped on the way', async () => {
  const small = bomb()
  expect(small.length).toBeLessThan(200_000)
  expect(await refused(readWorkbook(small))).toContain('文件里的内容太多，读不下')
})

test('a file that lies about its size is stopped all the same', async () => {
  const lying = bomb()
  const name = lying.lastIndexOf('xl/worksheets/sheet1.xml')
  for (const size of [1, 0xffffffff]) {
    lying.writeUInt32LE(size, name - 46 + 24)
    expect(await refused(readWorkbook(lying))).toContain('文件里的内容太多，读不下')
  }
  const honest = handmade(inlineRows([headers, typedRow()]))
  const entry = honest.lastIndexOf('xl/worksheets/sheet1.xml') - 46
  honest.writeUInt32LE(honest.readUInt32LE(entry + 24) - 1, entry + 24)
  expect(await refused(readWorkbook(honest))).toContain('工作簿坏了，打不开')
})

test('many parts that are small each are counted together, and too many parts are refused', async () => {
  const parts = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`xl/p${i}.xml`, strToU8(' '.repeat(5 * MB))]),
  )
  expect(await refused(readWorkbook(handmade('', parts)))).toContain('文件里的内容太多，读不下')
  const many = Object.fromEntries(
    Array.from({ length: 1_001 }, (_, i) => [`xl/p${i}.bin`, new Uint8Array(0)]),
  )
  expect(await refused(readWorkbook(handmade('', many)))).toContain('文件里的内容太多，读不下')
})

test('XML that declares entities is not read', async () => {
  const laughs = strToU8('<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><styleSheet/>')
  expect(await refused(readWorkbook(handmade('', { 'xl/styles.xml': laughs })))).toContain(
    '有不该有的内容（DTD）',
  )
})

test('a cell at the far end of a sheet costs its file, and not the process', async () => {
  const far = Array.from(
    { length: 9_000 },
    (_, i) => `<row r="${i + 2}"><c r="XFD${i + 2}"><v>1</v></c></row>`,
  ).join('')
  expect(await refused(readWorkbook(handmade(inlineRows([headers]) + far)))).toContain(
    '文件里的内容太多，读不下',
  )
})

test('ten thousand rows are read, one more is refused', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => typedRow({ 工号: `QX${i}` }))
  const read = await readCsvFile(csv(...rows))
  expect(read).toHaveLength(10_000)
  expect(read.at(-1)).toMatchObject({ line: 10_001, number: 'QX9999' })
  const more = [...rows, typedRow()]
  expect(await refused(readCsvFile(csv(...more)))).toContain('文件超过10000行')
  expect(await readWorkbook(handmade(inlineRows([headers, ...rows])))).toHaveLength(10_000)
  expect(await refused(readWorkbook(handmade(inlineRows([headers, ...more]))))).toContain('文件超过10000行')
})

test('rows without a word in them do not count', async () => {
  const blank = Buffer.from(`\r\n${',,,,\r\n'.repeat(20_000)}`)
  expect(await readCsvFile(Buffer.concat([csv(typedRow()), blank]))).toHaveLength(1)
})

test('content made to keep a reader busy comes to an end, and is refused with what to do', async () => {
  const endless = [
    Buffer.from(`工号,姓名\r\n${'"'.repeat(4 * MB)}`),
    Buffer.from(`${','.repeat(4 * MB)}`),
    Buffer.from(`工号,姓名\r\n"${'a'.repeat(4 * MB)}`),
    csv(
      typedRow({ '培训班（课程）名称': `a${' '.repeat(400_000)}a` }),
      typedRow({ 认定学时: `8${' '.repeat(400_000)}个` }),
      typedRow({ 结束日期: `2026${' '.repeat(400_000)}0:0` }),
    ),
  ]
  for (const bytes of endless) {
    const rows = await readCsvFile(bytes).catch((error: Error) => error.message)
    expect(typeof rows === 'string' || rows.every((row) => 'problems' in row)).toBe(true)
  }
})

test('a reader that does not come to an end is ended', async () => {
  const rows = Array.from({ length: 9_999 }, (_, i) => typedRow({ 工号: `QX${i}` }))
  const late = readFile({ name: '学时.csv', bytes: csv(...rows) }, frame, 1)
  expect(await refused(late)).toBe('文件读了10秒还没有读完。请分成几份，或另存为CSV再上传。')
})

test('while a large file is read the process goes on with other things', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    typedRow({ 工号: `QX${i}`, 证明材料: '档案盒'.repeat(30) }),
  )
  const bytes = handmade(inlineRows([headers, ...rows]))
  let turns = 0
  let done = false
  const turn = () => void (turns++, done || setImmediate(turn))
  turn()
  const reading = readWorkbook(bytes)
  reading.then(
    () => (done = true),
    () => (done = true),
  )
  expect(await reading).toHaveLength(10_000)
  // A reader in this thread would leave it a few turns; slice after slice alone takes twenty.
  expect(turns).toBeGreaterThan(1_000)
})

test('each cell that is wrong is named with its column and how to mend it', async () => {
  const [row] = await readCsvFile(
    csv(
      typedRow({
        工号: '13812345678',
        姓名: '',
        '培训班（课程）名称': '',
        培训方式: '线上',
        类别: '别的',
        开始日期: '46000',
        结束日期: '2026-3',
        认定学时: '很多',
        计划学时: '7.5555',
      }),
    ),
  )
  expect(problemsOf(row)).toEqual([
    '工号：这像是手机号。本平台不收手机号，请换成单位编的工号。',
    '姓名：写上姓名。',
    '培训班（课程）名称：写上培训班（课程）名称。班次或课程的全称，200字以内。',
    '类别：没有“别的”。只写：初任、任职、专门业务、在职、专题、网络、以训代学，或者空着。',
    '培训方式：没有“线上”。只写：网络自学、集中培训。',
    '计划学时：写成数字，最多三位小数，如8或7.5。',
    '开始日期：这是Excel的日期序号。把这一列设为文本或日期格式，写成2026-03-01。',
    '结束日期：要写到日，如2026-03-01。',
    '认定学时：写成数字，最多三位小数，如8或7.5。',
  ])
})

test('days that cannot be are told apart from days that are badly written', async () => {
  const rows = await readCsvFile(
    csv(
      typedRow({ 开始日期: '2026-03-05', 结束日期: '2026-03-04' }),
      typedRow({ 结束日期: '2026-11-23' }),
      typedRow({ 结束日期: '2026-02-30' }),
      typedRow({ 认定学时: '601' }),
    ),
  )
  expect(rows.map((row) => problemsOf(row).join())).toEqual([
    '结束日期：2026-03-04比开始日期2026-03-05还早。请核对起止日期。',
    '结束日期：2026-11-23还没有到。培训结束以后再导入。',
    '结束日期：写成2026-03-01这样的真实日期。',
    '认定学时：写了601，最多600。请核对。',
  ])
})

test('hours are those given; with days and an activity alone they are counted by the rule, and that is said', async () => {
  const rows = await readCsvFile(
    csv(
      typedRow({ 活动: '党校培训', 认定学时: '' }),
      typedRow({ 活动: 'party-school', 认定学时: '10' }),
      typedRow({ 活动: '专题讲座', 认定学时: '' }),
      typedRow({ 活动: '', 认定学时: '' }),
      typedRow({ 活动: '郊游' }),
      typedRow({ 活动: '专题讲座', 培训方式: '网络自学' }),
    ),
  )
  expect(rows[0]).toMatchObject({
    note: '党校培训3天，每天6学时，记18学时。',
    entry: { hours: 18, activity: 'party-school', entry: { rule: 'nanjing@2024.1' } },
  })
  expect(rows[1]).toMatchObject({ note: '', entry: { hours: 10, activity: 'party-school' } })
  expect(rows.slice(2).map((row) => problemsOf(row).join())).toEqual([
    '认定学时：写上认定学时。规则里“专题讲座”不按天数算。',
    '认定学时：写上认定学时。',
    '活动：现行规则里没有这个活动。可以写：党校培训、专题讲座。',
    '培训方式：“专题讲座”记在集中培训，这里写的是网络自学。请核对。',
  ])
})

test('the sample row of the template is refused, its explanations are passed over', async () => {
  const rows = await readCsvFile(csv(typedRow({ 工号: '示例' }), ['#说明：每人每次培训写一行'], typedRow()))
  expect(rows).toHaveLength(2)
  expect(problemsOf(rows[0])).toEqual(['工号：这是模板里的示例，请删去这一行。'])
})

test('every word of a row comes through as it was typed', async () => {
  const [cells] = cellsOf(
    await readCsvFile(csv(typedRow({ 单位: '青溪县/白石镇', 证书号: "'=1+1", 更正人: "'老王" }))),
  )
  expect(cells).toMatchObject({ unit: '青溪县/白石镇', certificate: '=1+1', correctedBy: "'老王" })
})

test('more than twelve 学时 for each day is an error, whatever the kind of training, and it is said how to mend it', async () => {
  const oneDay = { 开始日期: '2026-03-02', 结束日期: '2026-03-02' }
  const rows = await readCsvFile(
    csv(
      typedRow({ 认定学时: '36' }),
      typedRow({ 认定学时: '36.001' }),
      typedRow({ ...oneDay, 认定学时: '12' }),
      typedRow({ ...oneDay, 认定学时: '13', 培训方式: '网络自学' }),
      typedRow({ ...oneDay, 认定学时: '600', 来源: '平台' }),
    ),
  )
  expect(rows.map(problemsOf)).toEqual([
    [],
    ['认定学时：写了36.001，起止日期一共3天，每天最多12学时，最多写36。请核对学时和起止日期。'],
    [],
    ['认定学时：写了13，起止日期一共1天，每天最多12学时，最多写12。请核对学时和起止日期。'],
    ['认定学时：写了600，起止日期一共1天，每天最多12学时，最多写12。请核对学时和起止日期。'],
  ])
})

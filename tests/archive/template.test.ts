import { expect, test } from 'vitest'
import { columns } from '#archive/columns.ts'
import { templateCsv, templateWorkbook, wrongCsv } from '#archive/template.ts'
import { planRows } from '#archive/plan-rows.ts'
import { csv, frame, problemsOf, readCsvFile, readWorkbook, refused, typedRow } from './files.ts'

const workbook = async () => {
  const chunks: Uint8Array[] = []
  for await (const chunk of templateWorkbook(frame.activities)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('the template is taken as it is, but for its sample row, which says so', async () => {
  const sample = ['工号：这是模板里的示例，请删去这一行。']
  expect((await readCsvFile(Buffer.from(templateCsv(frame.activities)))).map(problemsOf)).toEqual([sample])
  expect((await readWorkbook(await workbook())).map(problemsOf)).toEqual([sample])
})

test('a row written into the template is read, whatever of it was left standing', async () => {
  const filled =
    templateCsv(frame.activities) + csv(typedRow()).toString().split('\r\n').slice(1).join('\r\n')
  expect((await readCsvFile(Buffer.from(filled))).at(-1)).toMatchObject({ number: 'QX1001' })
})

test('with the sample and nothing else there is nothing to import', async () => {
  const emptied = templateCsv(frame.activities)
    .split('\r\n')
    .filter((line) => !line.startsWith('示例'))
    .join('\r\n')
  expect(await refused(readCsvFile(Buffer.from(emptied)))).toContain('列名下面没有内容')
})

test('every column is explained, with the words that may stand in it', () => {
  const text = templateCsv(frame.activities)
  for (const { header } of columns) expect(text).toContain(`#${header}（`)
  expect(text).toContain('#类别（可以空着）：可以写：初任、任职、专门业务、在职、专题、网络、以训代学。')
  expect(text).toContain('可以写：党校培训、专题讲座。')
  expect(text.startsWith('\uFEFF')).toBe(true)
})

test('wrong rows come back as they were typed, with what is wrong, and once mended they are taken', async () => {
  const planned = planRows(await readCsvFile(csv(typedRow({ 认定学时: '廿四', 成绩: '=85' }))), new Map())
  const file = wrongCsv(planned)
  expect(file).toContain('问题')
  expect(file).toContain('认定学时：写成数字，最多三位小数，如8或7.5。')
  expect(file).toContain("'=85")
  const mended = Buffer.from(file.replace('廿四', '24'))
  expect(await readCsvFile(mended)).toMatchObject([
    { number: 'QX1001', entry: { hours: 24, entry: { score: '=85' } } },
  ])
})

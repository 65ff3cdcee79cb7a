import { afterAll, beforeEach, expect, test } from 'vitest'
import { assessmentById, openAssessments } from '#assessment/blueprint/assessments.server.ts'
import { importBlueprints } from '#assessment/blueprint/import-blueprints.server.ts'
import { read } from '#db/database.server.ts'
import { assessment } from '#db/schema/assessment.ts'
import { freshDatabase } from '../../support/database.ts'
import { BankFolder, emptyLibrary } from '../bank/bank-folder.ts'

freshDatabase()
let folder = new BankFolder()

const model = { dimensions: [{ id: 'integrity', indicators: [{ id: 'openness' }] }] }
const paper = {
  ...{ id: 'asm-paper', title: '自测', summary: '问什么。', form: 'fixed', supervised: false, minutes: 30 },
  attempts: { most: 2, waitDays: 7 },
  answers: 'solutions',
  cells: [{ indicator: 'openness', count: 2 }],
}
const adaptive = {
  ...{ ...paper, id: 'asm-adaptive', form: 'adaptive', cells: undefined, dimension: 'integrity' },
  ...{ least: 4, most: 8, stopError: 0.45 },
}
const put = (name: string, blueprint: object) =>
  folder.write(`assessments/${name}.yaml`, JSON.stringify(blueprint))
const load = () => importBlueprints(folder.path, model)
const ids = async () => (await openAssessments()).map(({ id }) => id)

beforeEach(async () => {
  await emptyLibrary()
  folder.remove()
  folder = new BankFolder()
})
afterAll(() => folder.remove())

test('blueprints of files are on offer; a second import writes nothing', async () => {
  put('a', paper)
  put('b', adaptive)
  expect(await load()).toEqual({ changed: ['asm-paper', 'asm-adaptive'], missing: [], problems: [] })
  expect(await ids()).toEqual(['asm-adaptive', 'asm-paper'])
  expect(await assessmentById('asm-adaptive')).toMatchObject({ exposureCap: 0.25, dimension: 'integrity' })
  const before = JSON.stringify(await read.select().from(assessment))
  expect((await load()).changed).toEqual([])
  expect(JSON.stringify(await read.select().from(assessment))).toBe(before)
})

test('a changed file counts at once; one that has become wrong leaves the test as it was', async () => {
  put('a', paper)
  await load()
  put('a', { ...paper, minutes: 20 })
  expect((await load()).changed).toEqual(['asm-paper'])
  put('a', { ...paper, minutes: 0 })
  expect((await load()).problems).toHaveLength(1)
  expect(await openAssessments()).toMatchObject([{ minutes: 20 }])
})

test('a test whose file is gone is offered no more, and offered again when it is back', async () => {
  put('a', paper)
  await load()
  folder.remove('assessments/a.yaml')
  expect(await load()).toMatchObject({ missing: ['asm-paper'] })
  expect(await ids()).toEqual([])
  await expect(assessmentById('asm-paper')).rejects.toMatchObject({ kind: 'closed' })
  expect(await assessmentById('asm-nobody')).toBeNull()
  put('moved', paper)
  expect(await load()).toMatchObject({ changed: ['asm-paper'], missing: [] })
  expect(await ids()).toEqual(['asm-paper'])
})

test('what is wrong is said with its line', async () => {
  put('a', paper)
  put('b', paper)
  put('c', { ...paper, id: 'asm-c', cells: [{ indicator: 'nothing', kind: 'riddle', count: 1 }] })
  put('d', { ...adaptive, id: 'asm-d', dimension: 'nothing' })
  put('e', { ...paper, id: 'asm-e', supervised: true })
  put('g', { ...paper, id: 'asm-g', supervised: true, answers: 'none', minutes: null })
  folder.write('assessments/f.yaml', 'id: asm-f\ntitle: 少了别的\nform: adaptive\nleast: 9\nmost: 8\n')
  const said = (await load()).problems.map(({ file, line, message }) => `${file} ${line} ${message}`)
  expect(said).toEqual([
    'assessments/b.yaml 1 代号 asm-paper 已经用在 assessments/a.yaml。',
    'assessments/c.yaml 1 能力模型里没有指标“nothing”。',
    'assessments/c.yaml 1 没有题型“riddle”。',
    'assessments/d.yaml 1 能力模型里没有方面“nothing”。',
    'assessments/e.yaml 1 “answers”的写法不对。',
    ...['summary', 'supervised', 'minutes', 'attempts'].map((f) => `assessments/f.yaml 1 少了“${f}”。`),
    'assessments/f.yaml 1 “answers”的值不在可选范围内。',
    ...['dimension', 'stopError'].map((f) => `assessments/f.yaml 1 少了“${f}”。`),
    'assessments/g.yaml 1 “minutes”的写法不对。',
  ])
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { availableItems, driftedItems, forgetBank, itemAt, standingOf } from '#assessment/bank/bank.server.ts'
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { forgetAsked } from '#course/asked.server.ts'
import { withdrawIn } from '#course/publish.server.ts'
import { read, write } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { grade } from '#quiz/grade.ts'
import { freshDatabase } from '../../support/database.ts'
import { lessonFile } from '../../course/library-folder.ts'
import { goodBody, sourceOf } from '../../course/sample.ts'
import {
  BankFolder,
  banked,
  bankFile,
  emptyLibrary,
  fileOf,
  indicators,
  procedure,
  walk,
} from './bank-folder.ts'

const place = freshDatabase()
let folder = new BankFolder()

const load = () => folder.bringIn(place.dataDir)
const told = async () => (await load()).problems.map(({ file, message }) => `${file} ${message}`)
const ids = async () => (await availableItems({ secure: false })).map(({ id }) => id)
const rowOf = async (id: string) => (await read.select().from(bankItem).where(eq(bankItem.id, id)))[0]
const everything = async () =>
  JSON.stringify(await Promise.all([read.select().from(bankItem), read.select().from(item)]))

beforeEach(async () => {
  await emptyLibrary()
  folder.remove()
  folder = new BankFolder()
})
afterAll(() => folder.remove())

describe('importing content/items/', () => {
  test('items of files may be asked at once; a second import writes nothing', async () => {
    expect(await load()).toMatchObject({ published: ['itm-gift-1', 'itm-vote-1'], problems: [], missing: [] })
    expect(await ids()).toEqual(['itm-gift-1', 'itm-vote-1'])
    expect(await rowOf('itm-gift-1')).toMatchObject({
      ...{ revision: 1, kind: 'single', secure: false, status: 'active' },
      ...{ author: '内容组', checkedBy: '审核组', checkedOn: '2026-11-27', file: bankFile },
    })
    expect(await itemAt('itm-gift-1', 1)).toMatchObject({ source: 'lsn-sizhi' })
    const before = await everything()
    expect(await load()).toMatchObject({ published: [], unchanged: ['itm-gift-1', 'itm-vote-1'] })
    expect(await everything()).toBe(before)
  })

  test('an item keeps the rules of its procedure as they were when it entered', async () => {
    await load()
    const [meet] = procedure.steps.slice(1, 2)
    const stricter = { ...meet, needs: [{ ...meet?.needs?.[0], atLeast: [4, 5] }] }
    const changed = { ...procedure, steps: [procedure.steps[0], stricter, procedure.steps[2]] }
    folder.write('procedures/vote.yaml', JSON.stringify(changed))
    expect(await told()).toEqual([`${bankFile} 题目 itm-vote-1 改过，revision 没有变。`])
    folder.bank([banked, { ...walk, revision: 2 }])
    expect(await load()).toMatchObject({ published: ['itm-vote-1'], problems: [] })
    const least = async (revision: number, number: string) => {
      const one = await itemAt('itm-vote-1', revision)
      if (!one) throw new Error('gone')
      return grade(one, { kind: 'procedure', stages: { p1: ['meet'], p2: [number] } })
    }
    expect(await least(1, '28')).toMatchObject({ earned: 2 })
    expect(await least(2, '28')).toMatchObject({ earned: 1 })
    expect(await least(2, '34')).toMatchObject({ earned: 2 })
  })

  test('a file that changed becomes a new revision, if it says so', async () => {
    await load()
    folder.bank([{ ...banked, stem: '换个问法？' }, walk])
    expect(await told()).toEqual([`${bankFile} 题目 itm-gift-1 改过，revision 没有变。`])
    folder.bank([{ ...banked, stem: '换个问法？', revision: 2 }, walk])
    expect((await load()).published).toEqual(['itm-gift-1'])
    expect(await itemAt('itm-gift-1', 1)).toMatchObject({ stem: banked.stem })
    expect(await itemAt('itm-gift-1', 2)).toMatchObject({ stem: '换个问法？' })
    expect(await itemAt('itm-gift-1', 3)).toBeNull()
  })

  test('a bad item is refused with its line, its neighbours go on; what was imported before is asked as before', async () => {
    await load()
    const more = { ...banked, id: 'itm-gift-2' }
    folder.write(
      bankFile,
      `author: 甲\ncheckedBy: 乙\ncheckedOn: 2026-11-27\nitems:\n  - ${JSON.stringify({ ...banked, revision: 2, passage: '没有这句' })}\n  - ${JSON.stringify(more)}\n`,
    )
    const report = await load()
    expect(report.problems).toMatchObject([
      {
        file: bankFile,
        line: 5,
        message: '题目 itm-gift-1：《四知：夜里的十斤金》改过，里面已没有这句原文。',
      },
    ])
    expect(report.missing).toEqual(['itm-vote-1'])
    expect(await ids()).toEqual(['itm-gift-1', 'itm-gift-2', 'itm-vote-1'])
  })

  test('what is wrong is said in words', async () => {
    const wrong = (change: object) => ({ ...banked, ...change })
    const cases: [unknown[], string][] = [
      [[wrong({ source: 'lsn-nobody' })], '题目 itm-gift-1：出处 lsn-nobody 不在馆里。'],
      [[wrong({ source: undefined })], '题目 itm-gift-1：没有写明出自哪份资料。'],
      [
        [wrong({ indicator: 'openness' })],
        '题目 itm-gift-1 的 indicator 是 openness，和文件夹 conflict-of-interest 不一样。',
      ],
      [[wrong({ id: 'itm-sizhi-1' })], '题目代号 itm-sizhi-1 已经用在另一课里。'],
      [[banked, banked], `题目代号 itm-gift-1 已经用在 ${bankFile}。`],
      [
        [
          wrong({
            kind: 'short-answer',
            options: undefined,
            key: undefined,
            rubric: [{ id: 'a', text: '要点', points: 2 }],
            model: '答',
          }),
        ],
        '题目 itm-gift-1 要由人评分，练习时没有人评。',
      ],
      [[{ ...walk, procedure: 'nothing' }], '“items 第1项 procedure”的写法不对。'],
      [[{ ...walk, rules: procedure }], '“items 第1项 rules”的写法不对。'],
    ]
    for (const [items, message] of cases) {
      folder.bank(items)
      expect(await told()).toEqual([`${bankFile} ${message}`])
      await emptyLibrary()
    }
  })

  test('a lesson cannot take the id of an item of the bank', async () => {
    await load()
    folder.write('courses/jiafeng/02-xiang/items.yaml', JSON.stringify([{ ...banked, source: undefined }]))
    folder.write(
      'courses/jiafeng/02-xiang/index.mdx',
      sourceOf(goodBody.replace('itm-sizhi-1', 'itm-gift-1'), { id: 'lsn-xiang', title: '六尺巷' }),
    )
    const { problems } = await import('#course/import.server.ts').then(({ importLibrary }) =>
      importLibrary({ contentDir: folder.path, dataDir: place.dataDir }),
    )
    expect(problems.map(({ message }) => message)).toContain('题目代号 itm-gift-1 已经用在题库里。')
  })

  test('a file of an unknown indicator is refused', async () => {
    folder.write('items/nothing/x.yaml', fileOf([{ ...banked, id: 'itm-x', indicator: 'nothing' }]))
    expect(await told()).toEqual(['items/nothing/x.yaml 能力模型里没有指标“nothing”。'])
  })

  test('an item whose file is gone is listed, and asked as before', async () => {
    await load()
    folder.remove('items')
    expect(await load()).toMatchObject({ missing: ['itm-gift-1', 'itm-vote-1'], problems: [] })
    expect(await ids()).toEqual(['itm-gift-1', 'itm-vote-1'])
  })
})

describe('passages that drift', () => {
  test('an item leaves new papers when its source changes, and comes back when the words stand there again', async () => {
    await load()
    expect(await ids()).toEqual(['itm-gift-1', 'itm-vote-1'])
    const body = goodBody.replace('说天黑了，没有人会知道。', '说天黑，不会有人知道。')
    folder.write(lessonFile, sourceOf(body))
    folder.write(
      'courses/jiafeng/01-sizhi/items.yaml',
      JSON.stringify([
        { ...banked, source: undefined, id: 'itm-sizhi-1', revision: 2, passage: '说天黑，不会有人知道。' },
      ]),
    )
    expect(await load()).toMatchObject({ problems: [], unchanged: ['itm-gift-1', 'itm-vote-1'] })
    expect(await ids()).toEqual([])
    const reason = '《四知：夜里的十斤金》改过，里面已没有这句原文。'
    expect(await driftedItems()).toEqual([
      { id: 'itm-gift-1', reason },
      { id: 'itm-vote-1', reason },
    ])
    expect([...(await standingOf(['itm-gift-1', 'itm-nobody']))]).toEqual([
      ['itm-gift-1', 'asked'],
      ['itm-nobody', 'withdrawn'],
    ])
    folder.write(lessonFile, sourceOf(body.replace('\n\n<Quiz', '又说天黑了，没有人会知道。\n\n<Quiz')))
    await load()
    expect(await ids()).toEqual(['itm-gift-1', 'itm-vote-1'])
  })

  test('a withdrawn source, or its course, takes its items from new papers without further ado', async () => {
    await load()
    expect(await ids()).toHaveLength(2)
    const withdrawn = { at: '2026-11-27T01:00:00.000Z', reason: '复核' }
    for (const id of ['lsn-sizhi', 'crs-jiafeng']) {
      await write((tx) => withdrawIn(tx, id, withdrawn))
      forgetAsked()
      expect(await ids()).toEqual([])
      expect((await driftedItems())[0]?.reason).toBe('出处《四知：夜里的十斤金》已撤展。')
      await write((tx) => withdrawIn(tx, id, null))
      forgetAsked()
      expect(await ids()).toHaveLength(2)
    }
  })

  test('only what is approved and not retired is asked, open and secure apart', async () => {
    await load()
    const set = (id: string, values: Partial<typeof bankItem.$inferInsert>) =>
      write((tx) => tx.update(bankItem).set(values).where(eq(bankItem.id, id)))
    await set('itm-gift-1', { secure: true })
    await set('itm-vote-1', { status: 'retired' })
    forgetBank()
    expect(await ids()).toEqual([])
    expect((await availableItems({ secure: true })).map(({ id }) => id)).toEqual(['itm-gift-1'])
    await set('itm-gift-1', { status: 'draft' })
    forgetBank()
    expect(await availableItems({ secure: true })).toEqual([])
    expect((await standingOf(['itm-gift-1', 'itm-vote-1'])).values().toArray()).toEqual([
      'withdrawn',
      'withdrawn',
    ])
    await importBank(folder.path, indicators)
    expect((await rowOf('itm-vote-1'))?.status).toBe('retired')
  })
})

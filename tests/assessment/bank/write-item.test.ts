import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { itemAt, availableItems } from '#assessment/bank/bank.server.ts'
import { approveItem } from '#assessment/bank/change.server.ts'
import { rowsIn } from '#assessment/bank/fields-from-form.ts'
import { writeItem, type Outcome } from '#assessment/bank/write-item.server.ts'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { grade } from '#quiz/grade.ts'
import { CapabilityModel } from '#record/capability/model.ts'
import { useModel } from '#record/capability/model.server.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'
import { refusal } from '../../people/house.ts'
import { goodItem } from '../../course/sample.ts'
import { BankFolder, emptyLibrary } from './bank-folder.ts'

const model = JSON.stringify(sampleModel).replace('"conflict"', '"conflict-of-interest"')
useModel(CapabilityModel.parse(JSON.parse(model)), [])
const place = freshDatabase()
const by = (id: string) => ({ person: { id, number: id, name: id } })
const [writer, checker] = [by('writer'), by('checker')]
let folder = new BankFolder()
beforeEach(async () => {
  await emptyLibrary()
  folder.remove()
  folder = new BankFolder()
  await folder.bringIn(place.dataDir)
})
afterAll(() => folder.remove())

const grounds = { source: 'lsn-sizhi', passage: goodItem.passage, indicator: 'conflict-of-interest' }
const about = { ...grounds, difficulty: 'hard', rationale: '退回去。', rows: '4' }
const single = {
  ...{ kind: 'single', stem: '谢礼怎么办？', right: '1' },
  ...{ 'option-0': '收下', 'option-1': '退回', 'option-2': '', 'option-3': '' },
}

const form = (fields: Record<string, string | string[]>) => {
  const sent = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) sent.append(name, one)
  return sent
}
const send = (fields: Record<string, string | string[]>) => writeItem(writer, form({ ...about, ...fields }))
const drafts = async () =>
  read.select().from(bankItem).where(eq(bankItem.status, 'draft')).orderBy(asc(bankItem.id))
const stored = async (outcome: Outcome) => {
  const item = outcome.type === 'entered' ? await itemAt(outcome.id, 1) : null
  if (!item) throw new Error(JSON.stringify(outcome))
  return item
}

describe('an item that is written by form', () => {
  test('is a draft of its author until somebody else approves it, rows that were left empty left out', async () => {
    const item = await stored(await send(single))
    expect(item).toMatchObject({
      ...{ kind: 'single', revision: 1, source: 'lsn-sizhi', difficulty: 'hard', key: 'b' },
      options: [
        { id: 'a', text: '收下' },
        { id: 'b', text: '退回' },
      ],
    })
    expect(await drafts()).toMatchObject([{ id: item.id, author: 'writer', secure: false }])
    await expect(approveItem(writer, item.id)).rejects.toThrow('自己写的题要请另一位来审。')
    await approveItem(checker, item.id)
    expect((await availableItems({ secure: false })).map(({ id }) => id)).toContain(item.id)
  })

  test('sent twice is one item', async () => {
    const { id } = await stored(await send(single))
    const again = await refusal(send(single))
    expect(again).toMatchObject({ kind: 'already-done', message: '题库里已经有一模一样的题。' })
    expect(again.hint).toContain(id)
    expect(await drafts()).toHaveLength(1)
  })

  test('may be of any kind that has a form', async () => {
    const yes = await stored(await send({ kind: 'true-false', stem: '可以收。', holds: 'false' }))
    expect(grade(yes, { kind: 'true-false', choice: false })).toMatchObject({ earned: 1 })
    const gap = await stored(
      await send({ kind: 'fill-in', stem: '天知，____。', accept: '神知\r\n\r\n地知' }),
    )
    expect(grade(gap, { kind: 'fill-in', text: '地知。' })).toMatchObject({ earned: 1 })
    const many = await send({ ...single, kind: 'multiple', right: ['0', '1'] })
    expect(await stored(many)).toMatchObject({ key: ['a', 'b'] })
    const steps = { 'step-0': '先说', 'step-1': '再退', 'step-3': '后记' }
    const order = await stored(await send({ kind: 'order', stem: '先后？', ...steps }))
    if (order.kind !== 'order') throw new Error(order.kind)
    expect(order.key.map((id) => order.steps.find((step) => step.id === id)?.text)).toEqual([
      '先说',
      '再退',
      '后记',
    ])
    const sides = {
      'left-0': '杨震',
      'answer-0': '四知',
      'left-1': '羊续',
      'answer-1': '悬鱼',
      spare: '借书',
    }
    const match = await stored(await send({ kind: 'match', stem: '谁？', ...sides }))
    if (match.kind !== 'match') throw new Error(match.kind)
    expect(match.right.map(({ text }) => text).sort()).toEqual(['借书', '四知', '悬鱼'].sort())
  })

  test('goes to the secure bank when it is ticked; what people grade goes nowhere else', async () => {
    const short = {
      kind: 'short-answer',
      stem: '怎么答？',
      'point-0': '讲明',
      'points-0': '2',
      model: '讲明。',
    }
    expect(await send(short)).toEqual({
      type: 'wrong',
      wrong: { secure: '简答题要由两位教员评分，只能放进保密题库。' },
    })
    expect(await stored(await send({ ...short, secure: 'on' }))).toMatchObject({
      rubric: [{ id: 'r1', text: '讲明', points: 2 }],
      longest: 300,
    })
    expect((await drafts()).map(({ secure }) => secure)).toEqual([true])
  })
})

describe('what is not sound', () => {
  test('is said beside each field, all at once, and nothing is entered', async () => {
    const outcome = await writeItem(writer, form({ kind: 'single' }))
    expect(outcome).toEqual({
      type: 'wrong',
      wrong: {
        stem: '写上题干，问一件事。',
        parts: '至少写2项。',
        key: '点一下对的那一项。',
        rationale: '写一两句解析：为什么这样答。',
        indicator: '选这道题考的指标。',
        passage: '写上能说明答案的原文，逐字照抄一句。',
        source: '选原文出自哪份资料。',
      },
    })
    expect(await drafts()).toEqual([])
  })

  test.each([
    [{ passage: '没有这句话。' }, 'passage', /这句话在《.+》里找不到/],
    [{ source: 'lsn-nowhere' }, 'source', /馆里没有展出这份资料/],
    [{ indicator: 'nothing' }, 'indicator', /选这道题考的指标/],
  ])('names what does not stand in the library: %o', async (fields, field, words) => {
    expect(await send({ ...single, ...fields })).toEqual({
      type: 'wrong',
      wrong: { [field]: expect.stringMatching(words) },
    })
    expect(await drafts()).toEqual([])
  })

  test('a difficulty that the form does not offer is refused', async () => {
    expect(await refusal(send({ ...single, difficulty: 'very' }))).toMatchObject({ kind: 'invalid' })
  })
})

test('a trainer who wants more rows gets two more, eight at most, and nothing is judged', async () => {
  expect(await writeItem(writer, form({ kind: 'single', more: '1' }))).toEqual({ type: 'more' })
  expect(rowsIn(null)).toBe(4)
  expect(rowsIn(form({ rows: '4', more: '1' }))).toBe(6)
  expect(rowsIn(form({ rows: '6' }))).toBe(6)
  expect(rowsIn(form({ rows: '8', more: '1' }))).toBe(8)
  expect(rowsIn(form({ rows: '1e9' }))).toBe(8)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FoundItem } from '#assessment/exchange/found.ts'
import { headingOf, paperLines } from '#assessment/exchange/paper-lines.ts'
import { readPasted } from '#assessment/exchange/read-pasted.ts'
import { naughty } from '../../archive/naughty.ts'
import {
  allKinds,
  answersAtEnd,
  chat,
  explainedKey,
  figures,
  oneKey,
  school,
  sectionKeys,
  tableKey,
  tags,
} from './papers.ts'

const itemsOf = (text: string) => readPasted(text).filter((one): one is FoundItem => one.type === 'item')
const passedOf = (text: string) =>
  readPasted(text).flatMap((one) => (one.type === 'passed-over' ? [`${one.place}：${one.text}`] : []))
const faultsOf = (text: string) => itemsOf(text).flatMap(({ faults }) => faults.map(({ message }) => message))
const keysOf = (text: string) => itemsOf(text).map(({ draft }) => [draft['kind'], draft['key']])
const textsOf = (draft: Record<string, unknown>, list = 'options') =>
  (draft[list] as { text: string }[]).map(({ text }) => text)

describe('a paper is read as its teacher meant it', () => {
  test('headings with points, answers below each question, explanations of two lines', () => {
    expect(faultsOf(school)).toEqual([])
    expect(keysOf(school)).toEqual([
      ['single', 'a'],
      ['single', 'b'],
      ['multiple', ['a', 'b', 'd']],
      ['true-false', false],
    ])
    const [first, second, third, last] = itemsOf(school)
    expect(first).toMatchObject({
      place: '第6行，第1题',
      draft: {
        stem: '村级重大事项决策实行“四议两公开”，其中“四议”的第一步是（  ）。',
        rationale: '先由党支部提议，再商议、审议、决议。',
        difficulty: 'easy',
      },
    })
    expect(second?.draft['rationale']).toBe('退回、说明、留下记录。\n三步都要做。')
    expect(textsOf(third?.draft ?? {})).toEqual(['低保名单', '村集体账目', '家庭电话', '工程招标结果'])
    expect(last?.draft['stem']).toBe('没有人看见的谢礼可以收。')
    expect(passedOf(school)).toEqual(['第1行：2026年村干部培训测试卷', '第2行：（闭卷，时间60分钟）'])
  })

  test('no headings, full-width letters, the answer in the brackets of the question', () => {
    expect(faultsOf(chat)).toEqual([])
    expect(keysOf(chat)).toEqual([
      ['single', 'b'],
      ['single', 'c'],
      ['multiple', ['a', 'c']],
    ])
    expect(itemsOf(chat).map(({ draft }) => textsOf(draft))).toEqual([
      ['二分之一', '三分之二', '全体'],
      ['登记', '请坐', '听他说完', '答复'],
      ['三天以上', '不用公示', '七天'],
    ])
    expect(itemsOf(chat)[0]?.draft['stem']).toBe('党员大会要有多少党员到会？（　）')
  })

  test('answers at the end, by section, where numbering begins anew', () => {
    expect(faultsOf(answersAtEnd)).toEqual([])
    expect(passedOf(answersAtEnd)).toEqual([])
    expect(keysOf(answersAtEnd).map(([, key]) => key)).toEqual([
      'b',
      'c',
      'a',
      ['a', 'b', 'c'],
      ['a', 'c'],
      true,
      false,
    ])
  })

  test('one row of answers for the whole paper', () => {
    expect(faultsOf(oneKey)).toEqual([])
    expect(keysOf(oneKey).map(([, key]) => key)).toEqual(['b', 'a', 'a', 'b', 'b'])
  })

  test('answers in a table at the end', () => {
    expect(faultsOf(tableKey)).toEqual([])
    expect(passedOf(tableKey)).toEqual([])
    expect(keysOf(tableKey).map(([, key]) => key)).toEqual([
      ...['b', 'c', ['a', 'b', 'c'], false],
      { accept: ['七'] },
    ])
    expect(itemsOf(tableKey).at(-1)?.draft['stem']).toBe('公示____天。')
  })

  test('answers at the end with their explanations; points of a heading are no answers', () => {
    expect(faultsOf(explainedKey)).toEqual([])
    expect(passedOf(explainedKey)).toEqual([])
    expect(itemsOf(explainedKey).map(({ draft }) => [draft['key'], draft['rationale']])).toEqual([
      ['b', '见第2条，1年内不得如此。'],
      ['a', '两点：\n1.先登记；\n2.再转办。'],
      ['b', '见第3条'],
      [false, '应当是三分之二'],
    ])
  })

  test('figures in the answers of blanks are not taken for numbers of questions', () => {
    expect(faultsOf(figures)).toEqual([])
    expect(keysOf(figures).map(([, key]) => key)).toEqual(
      ['2.5万', '3-5天', '上午9:00', '10%'].map((form) => ({ accept: [form] })),
    )
  })

  test('answers behind each section are for that section only', () => {
    expect(keysOf(sectionKeys).map(([, key]) => key)).toEqual(['a', 'b', undefined, true, false, false])
    expect(faultsOf(sectionKeys)).toEqual(['没有答案。'])
    expect(passedOf(sectionKeys)).toEqual(['第9行：第1页 共2页'])
  })

  test.each([
    ['答案：B．乙', 'b'],
    ['答案：（B）', 'b'],
    ['答案是B', 'b'],
    ['答案　B', 'b'],
    ['答案\nB', 'b'],
    ['我的答案：A  正确答案：B', 'b'],
    ['答案：B．甲', undefined],
    ['我的答案：B', undefined],
  ])('%j', (line, key) => {
    const [found, ...more] = itemsOf(`1. 问\na. 甲 b. 乙\n${line}`)
    expect(more).toEqual([])
    expect(textsOf(found?.draft ?? {})).toEqual(['甲', '乙'])
    expect(found?.draft['key']).toBe(key)
  })

  test('kinds and labels in brackets, options and labels in one line', () => {
    expect(faultsOf(tags)).toEqual([])
    expect(itemsOf(tags).map(({ draft }) => draft)).toMatchObject([
      {
        ...{ kind: 'single', stem: '发现同事收礼，先怎么办？', key: 'b', difficulty: 'medium' },
        rationale: '先提醒，再按规定报告。',
      },
      { kind: 'true-false', stem: '公款可以先借后还。', key: false, rationale: '公款不能借作私用。' },
    ])
    expect(textsOf(itemsOf(tags)[0]?.draft ?? {})).toEqual(['装作没看见', '提醒他退回', '发到群里'])
  })

  test('steps, pairs, blanks and sentences, with what holds for all of them', () => {
    expect(faultsOf(allKinds)).toEqual([])
    const [order, match, blank, brackets, answer] = itemsOf(allKinds).map(({ draft }) => draft)
    expect(textsOf(order ?? {}, 'steps')).toEqual(['党员大会审议', '党支部会提议', '两委会商议'])
    expect(order?.['key']).toEqual(['b', 'c', 'a'])
    expect(match).toMatchObject({ key: { l1: 'c', l2: 'b' }, indicator: 'openness', source: 'lsn-siyi' })
    expect(blank).toMatchObject({
      stem: '党员大会要有____以上的党员到会。',
      key: { accept: ['三分之二', '2/3'] },
      passage: '到会党员要达到三分之二',
    })
    expect(brackets).toMatchObject({ stem: '公示____天。', key: { accept: ['七'] } })
    expect(answer).toMatchObject({
      rubric: [
        { id: 'r1', text: '登记', points: 2 },
        { id: 'r2', text: '按程序转办', points: 3 },
      ],
      model: '先登记，再按程序转办，不打听是谁写的。',
    })
  })

  test.each([
    [
      'an option that names others',
      '1. 选哪个\nA. 选B、C两项\nB. 乙\nC. 丙\n答案：A',
      ['选B、C两项', '乙', '丙'],
    ],
    ['a number in an option', '1. 多少\nA. 1.5万元\nB. 2.5万元\n答案：A', ['1.5万元', '2.5万元']],
    ['an option of two lines', '1. 哪个\nA. 甲\n还是甲\nB. 乙\n答案：A', ['甲\n还是甲', '乙']],
    ['options behind the question', '1. 哪个（ ） A. 甲 B. 乙\n答案：A', ['甲', '乙']],
  ])('%s does not confuse the options', (_, text, options) => {
    expect(faultsOf(text)).toEqual([])
    expect(textsOf(itemsOf(text)[0]?.draft ?? {})).toEqual(options)
  })

  test('points within an explanation are no questions', () => {
    const text =
      '1. 哪个\nA. 甲\nB. 乙\n答案：A\n解析：有两点：\n1. 先登记\n2. 再转办\n2. 又一问\nA. 甲\nB. 乙\n答案：B'
    expect(itemsOf(text).map(({ draft }) => draft['stem'])).toEqual(['哪个', '又一问'])
  })

  test('a question that begins with a year is a question, and a sum of money is none', () => {
    expect(
      itemsOf('1.2018年文本怎么说？\nA.甲\nB.乙\n答案：A\n1.5万元的那笔').map(({ draft }) => draft['stem']),
    ).toEqual(['2018年文本怎么说？'])
  })
})

describe('what is wrong is said with its place and how to mend it', () => {
  test.each([
    ['一、单选题\n1. 问\nA. 甲\nB. 乙\n答案：AB', '单选题写了2个答案。'],
    ['一、单选题\n1. 问\nA. 甲\nB. 乙\n答案：C', '答案里有C，选项里没有。'],
    ['一、单选题\n1. 问\nA. 甲\nB. 乙', '没有答案。'],
    ['一、单选题\n1. 问\n答案：A', '没有选项。'],
    ['一、单选题\n1. 问（A）\nA. 甲\nB. 乙\n答案：B', '题干括号里是“A”，答案是“B”，两处不一样。'],
    ['一、判断题\n1. 问\n答案：也许', '答案“也许”看不懂。'],
    ['一、填空题\n1. 甲____乙____\n答案：丙', '题干里有2处空格。'],
    ['1. 问', '看不出是什么题型。'],
    ['1. 问\nA. 甲\nB. 乙\n答案：也许', '答案“也许”看不懂。'],
    ['一、填空题\n1. 甲____\n答案：乙\n丙', '填空题的答案有好几行。'],
    ['一、单选题\n1. 问\nA. 甲\nC. 丙\n答案：A', '选项的字母接不上：这里不该是C。'],
    ['一、连线题\n1. 问\n（1）甲\n（2）乙\nA. 丙\nB. 丁\nC. 戊\n答案：1-A', '答案“1-A”看不懂。'],
  ])('%j: %s', (text, message) => {
    const [found] = itemsOf(text)
    expect(found?.faults.map((one) => one.message)).toEqual([message])
    expect(found?.faults[0]?.mend).toMatch(/。$/)
    expect(found?.place).toMatch(/^第\d+行，第1题$/)
  })

  test('what is mended by hand is read alone as it was read in the paper', () => {
    for (const text of [school, chat, answersAtEnd, oneKey, tags, allKinds, tableKey, explainedKey, figures])
      for (const found of itemsOf(text)) {
        const [again, ...more] = itemsOf(found.written.text)
        expect(more).toEqual([])
        expect(again?.draft).toEqual(found.draft)
      }
  })

  test('a key that cannot be read does not become part of the last question', () => {
    expect(faultsOf('一、判断题\n1. 甲（√）\n参考答案\n1 2')).toEqual([
      '题干括号里是“√”，答案是“1 2”，两处不一样。',
      '答案“1 2”看不懂。',
    ])
  })

  test('a missing answer moves no answer of another section into its place', () => {
    const questions =
      '一、单选题\n1. 甲\nA. 一 B. 二\n2. 乙\nA. 一 B. 二\n二、不定项选择题\n1. 丙\nA. 一 B. 二\n2. 丁\nA. 一 B. 二\n'
    const keys = ['a', undefined, ['b'], ['a']]
    for (const key of ['参考答案\n1. A\n1. B\n2. A', '单选题答案：1. A\n不定项选择题答案：1-2 BA'])
      expect(keysOf(questions + key).map(([, one]) => one)).toEqual(keys)
  })

  test('points of a written answer are no answers of other questions', () => {
    const text = '一、单选题\n1. 甲（A）\nA. 一 B. 二\n二、简答题\n2. 怎么办\n参考答案：\n1. 登记\n2. 转办'
    expect(itemsOf(text).map(({ draft }) => draft['key'] ?? draft['model'])).toEqual([
      'a',
      '1. 登记\n2. 转办',
    ])
  })

  test('an instruction that speaks of answers begins no key', () => {
    const text =
      '一、单选题\n请选出正确答案：\n1. 甲\nA. 一\nB. 二\n2. 乙\nA. 一\nB. 二\n二、多选题\n请选出全部正确答案：\n1. A、B两村的事\nA. 一\nB. 二\n参考答案\n一、1-2 AB\n二、1.AB'
    expect(keysOf(text).map(([, key]) => key)).toEqual(['a', 'b', ['a', 'b']])
  })

  test('answers at the end that fit no question are told', () => {
    expect(passedOf('单选题\n1. 问\nA. 甲\nB. 乙\n参考答案：1. A\n2. B')).toEqual(['第6行：2. B'])
    expect(passedOf('单选题\n1. 问\nA. 甲\nB. 乙\n参考答案：1. A 2-4 AB')).toEqual([
      '第5行：参考答案：1. A 2-4 AB',
    ])
  })
})

test('of two answers that differ, below the question and at the end, neither is believed', () => {
  const twice = '单选题\n1. 问\nA. 甲\nB. 乙\n答案：A\n参考答案：\n1. B'
  expect(faultsOf(twice)).toEqual(['题下的答案是“A”，卷末的答案是“B”。'])
  expect(faultsOf(twice.replace('1. B', '1. A'))).toEqual([])
})

test('nothing that is pasted makes the reader stumble, and no words get lost', () => {
  const word = fc.constantFrom(
    ...naughty,
    '1.',
    '2. 问',
    'A.',
    'B. 乙',
    '答案：',
    '答案：A',
    '解析：',
    '第一部分',
    '题号：',
  )
  const line = fc.oneof(word, fc.string({ unit: 'binary' }), fc.constantFrom(...school.split('\n')))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      // Each line is marked, so that it can be found again wherever it went.
      const marked = lines.map((text, i) => `${text.replace(/[\r\n\u2028\u2029]/g, '')}甲${i}乙`)
      const found = readPasted(marked.join('\n'))
      const told = found.map((one) => (one.type === 'item' ? one.written.text : one.text)).join('\n')
      const headings = paperLines(marked.join('\n')).filter((one) => headingOf(one) !== null)
      for (const [i, text] of marked.entries())
        if (!headings.some((one) => one.number === i + 1)) expect(told, text).toContain(`甲${i}乙`)
    }),
    { numRuns: 500 },
  )
})

import { describe, expect, test } from 'vitest'
import { completeRows, toMend, type Frame } from '#assessment/exchange/complete.ts'
import type { FoundItem } from '#assessment/exchange/found.ts'
import { readText } from '#assessment/exchange/read-text.ts'
import { hashOf } from '#course/content-hash.ts'

const text = '到会党员要达到三分之二。\n会后三天以内贴出来。'
const source = (id: string, title: string, body: string, open = true) =>
  [id, { id, title, open, sections: [{ id: 's1', title: '', text: body }] }] satisfies [string, unknown]
const frame: Frame = {
  indicators: [{ id: 'openness', name: '党务村务公开' }],
  sources: new Map([
    source('lsn-siyi', '四议两公开', text),
    source('lsn-gone', '撤下的课', '撤下的课里的一句话。', false),
  ]),
  taken: new Map(),
  defaults: { indicator: '', difficulty: 'medium', source: '', passage: '' },
  hash: hashOf,
}

const whole =
  '1. 到会多少？\nA. 一半\nB. 三分之二\n答案：B\n解析：三分之二。\n指标：党务村务公开\n依据：到会党员要达到三分之二。\n出处：四议两公开'
const foundIn = (paper: string) => readText(paper).filter((one): one is FoundItem => one.type === 'item')
const rowsOf = (paper: string, changes: Partial<Frame> = {}) =>
  completeRows(foundIn(paper), { ...frame, ...changes })
const faultsOf = (paper: string, changes: Partial<Frame> = {}) =>
  rowsOf(paper, changes).flatMap((row) =>
    row.verdict === 'faulty' ? row.faults.map(({ message, mend }) => `${message}${mend}`) : [],
  )
const without = (label: string) => whole.replace(new RegExp(`\n${label}：.*`), '')

describe('what is complete can be entered', () => {
  test('names of indicators and titles of documents are understood', () => {
    expect(rowsOf(whole)).toMatchObject([
      {
        verdict: 'sound',
        notes: [],
        item: { indicator: 'openness', source: 'lsn-siyi', difficulty: 'medium', revision: 1 },
      },
    ])
  })

  test('what the form says holds for items that say nothing themselves', () => {
    const bare = without('指标').replace(/\n依据.*\n出处.*/s, '')
    const defaults = {
      indicator: 'openness',
      difficulty: 'hard',
      source: 'lsn-siyi',
      passage: '会后三天以内贴出来。',
    }
    expect(rowsOf(bare, { defaults })).toMatchObject([
      {
        item: {
          indicator: 'openness',
          difficulty: 'hard',
          source: 'lsn-siyi',
          passage: '会后三天以内贴出来。',
        },
      },
    ])
    expect(rowsOf(whole, { defaults })).toMatchObject([{ item: { passage: '到会党员要达到三分之二。' } }])
  })

  test('a source that is not named is found by the passage, and that is said', () => {
    expect(rowsOf(without('出处'))).toMatchObject([
      { verdict: 'sound', item: { source: 'lsn-siyi' }, notes: ['出处是按依据找到的：《四议两公开》。'] },
    ])
  })

  test('a label with nothing behind it says nothing', () => {
    const empty = whole.replace(/出处：.*/, '出处：').replace(/解析：.*/, '解析：')
    expect(rowsOf(`${empty}\n难度：\n题号：`)).toMatchObject([
      {
        verdict: 'sound',
        item: { source: 'lsn-siyi', difficulty: 'medium', rationale: '到会党员要达到三分之二。' },
      },
    ])
  })

  test('the passage explains where nobody else does, and that is said', () => {
    expect(rowsOf(without('解析'))).toMatchObject([
      { item: { rationale: '到会党员要达到三分之二。' }, notes: ['没有写解析，用依据代替。'] },
    ])
  })
})

describe('what is missing or wrong is said with how to mend it', () => {
  test.each([
    [without('指标'), '没有指标。加一行“指标：”'],
    [whole.replace('党务村务公开', '打扫卫生'), '能力图谱里没有指标“打扫卫生”。'],
    [without('依据').replace(/\n出处.*/, ''), '没有依据。加一行“依据：”'],
    [
      whole.replace('到会党员要达到', '到会党员应达到'),
      '依据这句话在《四议两公开》里找不到。从那一页逐字复制一句',
    ],
    [whole.replace('出处：四议两公开', '出处：没有的课'), '出处 没有的课 不在馆里。'],
    [whole.replace('出处：四议两公开', '出处：lsn-gone'), '出处《撤下的课》已撤展。'],
    [
      whole.replace('\n出处：四议两公开', '').replace('到会党员要达到三分之二。', '哪里也没有的一句话'),
      '没有出处，依据也没有在哪一份资料里找到。',
    ],
    [`${whole}\n难度：一点点`, '难度“一点点”看不懂。写易、中或难。'],
    [whole.replace('B. 三分之二', 'B. 一半'), '“选项”的写法不对。有两项文字相同。'],
    [whole.replace('到会多少？', '多'.repeat(601)), '“题干”的长度不合适。太长，请控制在600字以内。'],
  ])('%s', (paper, says) => {
    const faults = faultsOf(paper)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(says)
  })

  test('the text to be mended has a line for each thing that is missing, and is sound once they are filled in', () => {
    const [row] = rowsOf(
      without('指标')
        .replace(/\n依据.*\n出处.*/s, '')
        .replace('\n答案：B', ''),
    )
    if (row?.verdict !== 'faulty') throw new Error('It should be faulty.')
    const paper = toMend(row)
    expect(paper.split('\n').slice(-3)).toEqual(['指标：', '依据：', '答案：'])
    const filled = paper
      .replace('指标：', '指标：openness')
      .replace('依据：', '依据：会后三天以内贴出来。')
      .replace('答案：', '答案：B')
    expect(rowsOf(filled).map(({ verdict }) => verdict)).toEqual(['sound'])
  })
})

describe('the same question twice is one item', () => {
  test('pasted again it is there already, whatever was changed around it', () => {
    const [row] = rowsOf(whole)
    if (row?.verdict !== 'sound') throw new Error('It should be sound.')
    const taken = new Map([[row.item.id, new Set(['another hash'])]])
    expect(rowsOf(without('解析'), { taken })).toMatchObject([
      { verdict: 'there', notes: ['题库里已经有这道题。'] },
    ])
    expect(rowsOf(whole.replace('一半', '全体'), { taken })).toMatchObject([{ verdict: 'sound' }])
  })

  test('within one paper the first counts, and the second says so', () => {
    expect(rowsOf(`${whole}\n2${whole.slice(1)}`)).toMatchObject([
      { verdict: 'sound' },
      { verdict: 'there', notes: ['和第1行，第1题是同一个题号，只收前一道。'] },
    ])
  })

  test('an id that is taken by another question is refused, the very same revision is there', () => {
    const own = `${whole}\n题号：itm-mine-1 第3版`
    const [row] = rowsOf(own)
    if (row?.verdict !== 'sound') throw new Error('It should be sound.')
    expect(row.item).toMatchObject({ id: 'itm-mine-1', revision: 3 })
    const same = new Map([['itm-mine-1', new Set([hashOf(row.item)])]])
    expect(rowsOf(own, { taken: same })).toMatchObject([{ verdict: 'there' }])
    expect(faultsOf(own, { taken: new Map([['itm-mine-1', new Set(['x'])]]) })[0]).toContain(
      '题号 itm-mine-1 已经有了，内容不一样。要当作新题，删去“题号”那一行',
    )
  })
})

// What a writer is told while writing, and what is left alone.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { findLibrary } from '#course/find-library.server.ts'
import { advise } from '#studio/check/advise.ts'
import type { Lists } from '#studio/check/advise.ts'
import { readLists } from '#studio/check/lists.server.ts'

const contentDir = join(import.meta.dirname, '..', '..', '..', 'content')
const own = {
  withdrawn: [{ name: '王某某', reason: '案件正在复核。' }],
  sensitive: ['一律', '红头文件'],
}
let lists: Lists

beforeAll(async () => {
  lists = { ...own, ...(await readLists(contentDir)).lists }
})

const write = (body: string, head = 'title: 课') => `---\n${head}\n---\n\n${body}\n`
const told = (body: string, head?: string) => advise(write(body, head), 'a.mdx', lists)
const kinds = (body: string, head?: string) => told(body, head).map(({ kind }) => kind)
const quote = (work: string, attribution: string, words: string) =>
  `<Quote work="${work}" attribution="${attribution}">\n  ${words}\n</Quote>`

describe('the lists of the county', () => {
  test('are valid, and every entry says what is written, what is known and where from', async () => {
    const { lists: read, problems } = await readLists(contentDir)
    expect(problems).toEqual([])
    expect(read.misattributions.length).toBeGreaterThan(20)
    expect(read.doubtfulFigures.length).toBeGreaterThan(20)
  })

  test('a county without lists is told nothing, and nothing breaks', async () => {
    const { lists: none, problems } = await readLists(join(contentDir, 'courses'))
    expect({ none, problems }).toEqual({ none: { misattributions: [], doubtfulFigures: [] }, problems: [] })
  })
})

test('an entry that is wrong or stands twice is named with its line and the mend', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lists-'))
  mkdirSync(join(folder, 'checks'))
  const entry = (id: string, figure: string) =>
    `- id: ${id}\n  figures: [${figure}]\n  about: [网格]\n  heeded: [据文章]\n  written: 甲\n  known: 乙\n  source: 丙\n`
  const put = (text: string) => writeFileSync(join(folder, 'checks', 'doubtful-figures.yaml'), text)
  put(entry('wangge', '很多'))
  expect((await readLists(folder)).problems).toMatchObject([
    { file: 'checks/doubtful-figures.yaml', line: 2, mend: '每项写一个数，如 30万 或 92%。' },
  ])
  put(entry('wangge', '400万') + entry('wangge', '12万'))
  expect((await readLists(folder)).problems).toMatchObject([{ line: 8, message: '代号 wangge 用了两次。' }])
})

describe('a quotation given to the wrong person', () => {
  test.each([
    ['孔子说：“廉者，政之本也。”'],
    ['孔子说过一句话。\n\n> 廉者，政之本也；让者，德之主也。'],
    ['《論語》裡講「廉者政之本也」。'],
    ['孔子说：“**廉者**， 政之本 也。”'],
    [quote('《论语》', 'certain', '廉者，政之本也')],
    ['顾炎武：天下兴亡，匹夫有责！'],
    ['顾炎武的『天下興亡。匹夫有責』'],
    ['朱熹写过：一粥一饭，当思来处不易。'],
    ['于谦《石灰吟》写得好。'],
    [quote('《石灰吟》', 'certain', '粉骨碎身全不怕')],
    ['叶存仁：月白清风夜半时。'],
    ['墙上写着“关节不到，有阎罗老包”。'],
    ['１９２８年颁布了三大纪律八项注意。'],
  ])('is noticed: %s', (body) => {
    expect(kinds(body)).toEqual(['attribution'])
  })

  test.each([
    ['晏子说：“廉者，政之本也。”孔子没有说过这句。'],
    [quote('《晏子春秋·内篇杂下》', 'certain', '廉者，政之本也；让者，德之主也。')],
    ['《石灰吟》旧题于谦，不能当他的诗来讲。'],
    [quote('《石灰吟》，旧题于谦', 'doubtful', '粉骨碎身全不怕')],
    ['孔子爱讲学。'],
    ['梁启超把顾炎武的意思概括成“天下兴亡，匹夫有责”。'],
    ['有阎罗包老。'],
    ['说话要廉洁，政务要公开，根本在人。孔子也这样想。'],
  ])('is left alone when it is right, or said to be doubtful: %s', (body) => {
    expect(kinds(body)).toEqual([])
  })

  test('the writer is shown the very words, and told whose they are', () => {
    expect(told('有人说，孔子讲“廉者，**政之本**也”。')).toEqual([
      {
        ...{ line: 5, column: 9, endLine: 5, endColumn: 17, kind: 'attribution' },
        message: '这句话常被说成孔子的。它在《晏子春秋·内篇杂下》里。',
        mend: '写成“《晏子春秋》”。',
      },
    ])
  })
})

describe('a doubtful figure', () => {
  test.each([
    '广东每年轮训村书记30万人次。',
    '广东每年轮训村书记三十万人次。',
    '广东每年轮训村书记300,000人次。',
    '广东每年輪訓村書記３０萬人次。',
    '新任书记胜任力达标率升到92%。',
    '新任书记胜任力达标率升到百分之九十二。',
    '全国整顿后进组织三点二万个。',
    '张子善和刘青山挪用了171.6亿元。',
  ])('is noticed however it is written: %s', (body) => {
    expect(kinds(body)).toEqual(['figure'])
  })

  test.each([
    '据文章，广东每年轮训村书记30万人次。',
    '据文章介绍，培训分几层。广东每年轮训村书记30万人次。',
    '刘青山、张子善挪用了约171.6亿元旧币。',
    '我县达到92%。',
    '我县办结率95%，投资171亿元，参观30万人次。',
    '广东每年轮训村书记130万人次。',
    '广东每年轮训村书记30.5万人次。',
  ])('is left alone when it is another, or its source is told: %s', (body) => {
    expect(kinds(body)).toEqual([])
  })

  test('the mend says which words to write', () => {
    const [advice] = told('整顿后进组织3.2万个。')
    expect(advice).toMatchObject({ line: 5, column: 7, endColumn: 11 })
    expect(advice?.message).toBe('“3.2万”这个数要当心：只有一篇文章这样写，没有另行核实。')
    expect(advice?.mend).toBe('写明“据文章”，或改用核实过的数；不要拿它作题目的答案。')
  })
})

describe('what is hard to read or hear', () => {
  const long = `${'这件事要先问过大家再去办，'.repeat(6)}好`
  test('a sentence of more than sixty characters is to be split; sixty are not', () => {
    expect(told(`${long}。`)).toMatchObject([
      { line: 5, column: 1, kind: 'sentence', message: '这一句有73个字，念出来不容易听懂。' },
    ])
    expect(kinds(`${'字'.repeat(60)}。${'字'.repeat(60)}`)).toEqual([])
    expect(kinds(`${'字'.repeat(61)}。`)).toEqual(['sentence'])
  })

  test('a quotation is as long as its author made it', () => {
    expect(kinds(quote('旧本', 'certain', `${long}。`))).toEqual([])
  })

  test.each([
    ['![图片](a.png)', '只写了“图片”'],
    ['![a.png](a.png)', '只是文件名'],
    ['![IMG_2034.jpg](a.png)', '只是文件名'],
    ['![小巷](a.png)', '太短'],
    ['<Figure src="a.png" alt="村口的一条窄巷" caption="村口的一条窄巷" />', '一样'],
  ])('the words of a picture must tell what is to be seen: %s', (body, message) => {
    const [advice] = told(body)
    expect(advice?.kind).toBe('alternative-text')
    expect(advice?.message).toContain(message)
    expect(kinds('![村口的一条窄巷，两边是砖墙](a.png)')).toEqual([])
  })

  test('minutes that are far off, but not so far that the door refuses them', () => {
    const body = `${`${'字'.repeat(49)}。\n\n`.repeat(50)}`
    expect(told(body, 'minutes: 7')).toMatchObject([
      { line: 2, kind: 'reading-time', message: '写的是7分钟，按篇幅、题目和音视频算，要10分钟。' },
    ])
    expect(kinds(body, 'minutes: 9')).toEqual([])
    expect(kinds(body, 'minutes: 30')).toEqual([])
  })
})

describe('what the county watches', () => {
  test('its words are warned of, with the spot, and not across a full stop', () => {
    expect(told('这件事一 律照办。')).toMatchObject([{ line: 5, column: 4, endColumn: 7, kind: 'sensitive' }])
    expect(kinds('他排第一。律师也来了。')).toEqual([])
  })

  test('somebody withdrawn is named with the reason, also in what a component says', () => {
    expect(told('<Note title="王某某的话">\n  ……\n</Note>')).toMatchObject([
      {
        line: 5,
        column: 14,
        endColumn: 17,
        kind: 'withdrawn',
        message: '“王某某”的内容已经撤展：案件正在复核。',
      },
    ])
  })
})

test('a quotation from a book that is not among the sources is noticed', () => {
  const head = 'sources:\n  - work: 《后汉书》\n    place: 杨震列传'
  const body = (work: string) => quote(work, 'certain', '天知，神知')
  expect(told(body('《宋史·包拯传》'), head)).toMatchObject([
    { line: 7, kind: 'source', message: '引了《宋史》，开头的出处里没有这本书。' },
  ])
  expect(kinds(body('《后汉书·杨震列传》'), head)).toEqual([])
  expect(kinds(body('《後漢書·楊震列傳》'), head)).toEqual([])
})

test('advice comes in reading order, also from a file of Windows', () => {
  const body = '这事一律照办。\n\n![图片](a.png)\n\n整顿后进组织3.2万个。\n\n孔子说：“廉者，政之本也。”'
  const places = (source: string) => advise(source, 'a.mdx', lists).map(({ line, kind }) => [line, kind])
  const expected = [
    [5, 'sensitive'],
    [7, 'alternative-text'],
    [9, 'figure'],
    [11, 'attribution'],
  ]
  expect(places(write(body))).toEqual(expected)
  expect(places(`\uFEFF${write(body).replaceAll('\n', '\r\n')}`)).toEqual(expected)
})

test('a source that cannot be read gets no advice: the door says first what is wrong', () => {
  expect(advise('没有开头', 'a.mdx', lists)).toEqual([])
  expect(kinds('<Note title="甲">')).toEqual([])
})

test('the library itself is flagged nowhere but where it is right to look again', async () => {
  const { courses, texts } = await findLibrary(contentDir)
  const sources = [...courses.flatMap(({ lessons }) => lessons), ...texts].filter(({ file }) =>
    file.endsWith('.mdx'),
  )
  const found = sources.flatMap(({ file, source }) =>
    advise(source, file, { ...lists, withdrawn: [], sensitive: [] }).map(({ line, message }) => [
      file,
      line,
      message,
    ]),
  )
  expect(sources.length).toBeGreaterThan(50)
  // Its sources name the books that tell of the 令箴, not the 令箴 itself.
  expect(found).toEqual([
    ['courses/03-qinglian-gushi/04-mingju/index.mdx', 88, '引了《令箴》，开头的出处里没有这本书。'],
  ])
})

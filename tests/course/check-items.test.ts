import { expect, test } from 'vitest'
import { checkLesson } from '#course/check-lesson.ts'
import { hashOf } from '#course/content-hash.ts'
import { nothingKnown } from '#course/known.ts'
import type { Known } from '#course/known.ts'
import { bodyWith, goodBody, goodItem, problemsOf, sourceOf } from './sample.ts'

const source = sourceOf(goodBody)
const told = (items: unknown, of = source, known: Known = nothingKnown) =>
  problemsOf(of, items, known).map(({ file, message }) => `${file} ${message}`)

test('every item is shown exactly once', () => {
  expect(told([goodItem, { ...goodItem, id: 'itm-more' }])).toEqual([
    'index.mdx 题目 itm-more 没有放进课文。',
  ])
  expect(told([])).toEqual(['index.mdx items.yaml 里没有题目 itm-sizhi-1。'])
  expect(told([goodItem], sourceOf(bodyWith('<Quiz item="itm-sizhi-1" />')))).toEqual([
    'index.mdx 题目 itm-sizhi-1 放了两次。',
  ])
})

test('a lesson without a check is refused: what is not checked is not credited', () => {
  expect(told(null, sourceOf('## 节\n\n好。\n', { minutes: '1' }))).toEqual(['index.mdx 这一课没有检查题。'])
})

test('an id used twice is told at the second', () => {
  const problems = problemsOf(source, [goodItem, goodItem])
  expect(problems.map(({ message }) => message)).toEqual(['题目代号 itm-sizhi-1 用了两次。'])
})

test('a passage must stand in the lesson letter by letter', () => {
  expect(told([{ ...goodItem, passage: '天黑了没有人会知道' }])).toEqual([
    'items.yaml 题目 itm-sizhi-1 的 passage 在课文里找不到。',
  ])
})

test('a passage may run over emphasis, line ends and the clauses of a quotation', () => {
  const quote =
    '<Quote work="书" attribution="certain">\n天知，神知，\n我知，子知。\n</Quote>\n\n他**说**：\n不收。'
  const body = sourceOf(bodyWith(quote))
  expect(told([{ ...goodItem, passage: '天知，神知，我知，子知。' }], body)).toEqual([])
  expect(told([{ ...goodItem, passage: '他说：不收。' }], body)).toEqual([])
})

test('the wording of an item that has been answered cannot change under the same revision', () => {
  const revisions = new Map([[1, hashOf(goodItem)]])
  const known = { ...nothingKnown, items: new Map([['itm-sizhi-1', { lessonId: 'lsn-sizhi', revisions }]]) }
  expect(told([goodItem], source, known)).toEqual([])
  expect(told([{ ...goodItem, stem: '换了问法？' }], source, known)).toEqual([
    'items.yaml 题目 itm-sizhi-1 改过，revision 没有变。',
  ])
  expect(told([{ ...goodItem, stem: '换了问法？', revision: 2 }], source, known)).toEqual([])
})

test('an item of another lesson is not taken over', () => {
  const known = {
    ...nothingKnown,
    items: new Map([['itm-sizhi-1', { lessonId: 'lsn-b', revisions: new Map([[1, 'x']]) }]]),
  }
  expect(told([goodItem], source, known)).toEqual(['items.yaml 题目代号 itm-sizhi-1 已经用在另一课里。'])
})

test('indicators must be those of the capability model, and an edition never shrinks', () => {
  const known = { ...nothingKnown, indicators: new Set(['openness']), editions: new Map([['lsn-sizhi', 2]]) }
  expect(told([goodItem], source, known)).toEqual([
    'index.mdx edition 从2变小成了1。',
    'index.mdx 能力模型里没有指标“conflict-of-interest”。',
    'items.yaml 能力模型里没有指标“conflict-of-interest”。',
  ])
})

test('a malformed item is told with line, field and mend', () => {
  const items = `- id: itm-sizhi-1
  revision: 1
  kind: single
  indicator: conflict-of-interest
  difficulty: easy
  passage: 好
  stem: 好
  options: [{ id: a, text: 甲 }, { id: b, text: 乙 }]
  key: c
  rationale: 好
`
  expect(checkText(items)).toEqual([[9, '“第1项 key”的写法不对。', 'key 要写 options 里的一个编号。']])
  expect(checkText(items.replace('key: c', 'key: b\n  secret: 1'))).toEqual([
    [10, '不认识“secret”。', '删去它，或检查名称有没有写错。'],
  ])
  expect(checkText(items.replace('kind: single', 'kind: essay'))[0]?.[0]).toBe(3)
})

function checkText(items: string) {
  const checked = checkLesson({ file: 'index.mdx', source, itemsFile: 'items.yaml', items })
  return checked.type === 'refused'
    ? checked.problems.map(({ line, message, mend }) => [line, message, mend])
    : []
}

const short = {
  ...goodItem,
  kind: 'short-answer',
  options: undefined,
  key: undefined,
  rubric: [{ id: 'r1', text: '要点', points: 2 }],
  model: '参考答案',
}

test('a short answer is refused beside a lesson, since nobody grades it there', () => {
  expect(problemsOf(source, [short])).toMatchObject([
    {
      file: 'items.yaml',
      message: '题目 itm-sizhi-1 是简答题，要由人评分，课文和课程测试里当场就要有结果。',
      mend: '换一种题型，或把它放进题库，由监考的测评来考。',
    },
  ])
})

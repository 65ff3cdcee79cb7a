// test.yaml of a course as it is judged before it may enter the library.
import { expect, test } from 'vitest'
import { checkTest } from '#course/check-test.ts'
import { nothingKnown, type Known } from '#course/known.ts'
import { goodBody, goodItem, sourceOf } from './sample.ts'

const lessons = [
  { file: '01-sizhi/index.mdx', source: sourceOf(goodBody) },
  {
    file: '02-xiang/index.mdx',
    source: sourceOf('## 巷子\n\n两家各让一步，**巷子**就宽了。\n', { id: 'lsn-xiang' }),
  },
]
const items = Array.from({ length: 6 }, (_, i) => ({
  ...goodItem,
  id: `itm-t-${i}`,
  ...(i % 2 ? { passage: '两家各让一步，巷子就宽了。' } : {}),
}))
const course = { id: 'crs-jiafeng', testDraw: 6 }

function told(of: unknown, more: { known?: Known; of?: typeof lessons; draw?: number } = {}) {
  const checked = checkTest(JSON.stringify(of), 'test.yaml', {
    course: { ...course, testDraw: more.draw ?? 6 },
    lessons: more.of ?? lessons,
    known: more.known ?? nothingKnown,
  })
  return checked.type === 'refused' ? checked.problems.map(({ file, message }) => `${file} ${message}`) : []
}

test('a sound test is taken, its items in the order of the file', () => {
  const checked = checkTest(JSON.stringify(items), 'test.yaml', { course, lessons, known: nothingKnown })
  expect(checked).toMatchObject({ type: 'checked', items: items.map(({ id }) => ({ id })) })
})

test('a passage must stand in one of the lessons, whole', () => {
  const [first, ...rest] = items
  const across = `${goodItem.passage}两家各让一步`
  for (const passage of ['两家各让两步。', across])
    expect(told([{ ...first, passage }, ...rest])).toEqual([
      'test.yaml 题目 itm-t-0 的 passage 在课文里找不到。',
    ])
})

test('there must be as many items as are drawn, and one at least from every lesson', () => {
  expect(told(items, { draw: 7 })).toEqual(['test.yaml 只有6道题，每次测试要抽7道。'])
  const same = items.map((item) => ({ ...item, passage: goodItem.passage }))
  expect(told(same)).toEqual(['test.yaml 没有一道题出自 02-xiang/index.mdx。'])
})

test('while a lesson cannot be read, nothing is said about passages, since they may be from that one', () => {
  const broken = [lessons[0], { file: '02-xiang/index.mdx', source: sourceOf('## 巷子\n\n<Note>\n') }]
  expect(told(items, { of: broken as typeof lessons })).toEqual([])
  expect(told([...items, { ...goodItem, id: 'itm-t-0' }], { of: broken as typeof lessons })).toEqual([
    'test.yaml 题目代号 itm-t-0 用了两次。',
  ])
})

test('an item answered before keeps its wording under its revision, and is not taken over from a lesson', () => {
  const earlier = (lessonId: string, hash: string) => ({
    ...nothingKnown,
    items: new Map([['itm-t-0', { lessonId, revisions: new Map([[1, hash]]) }]]),
  })
  expect(told(items, { known: earlier('crs-jiafeng', 'other wording') })).toEqual([
    'test.yaml 题目 itm-t-0 改过，revision 没有变。',
  ])
  expect(told(items, { known: earlier('lsn-sizhi', 'x') })).toEqual([
    'test.yaml 题目代号 itm-t-0 已经用在另一课里。',
  ])
})

test('indicators must be those of the capability model', () => {
  const known = { ...nothingKnown, indicators: new Set(['openness']) }
  expect(told(items, { known })).toHaveLength(6)
})

test('a short answer is refused in the test of a course', () => {
  const [first, ...rest] = items
  const short = { ...first, kind: 'short-answer', options: undefined, key: undefined, model: '参考答案' }
  const rubric = [{ id: 'r1', text: '要点', points: 2 }]
  expect(told([{ ...short, rubric }, ...rest])).toEqual([
    'test.yaml 题目 itm-t-0 是简答题，要由人评分，课文和课程测试里当场就要有结果。',
  ])
})

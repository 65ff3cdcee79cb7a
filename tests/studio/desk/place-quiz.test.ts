// Where the block of a check goes when its author asks for it.
import { describe, expect, test } from 'vitest'
import { withoutQuiz, withQuiz } from '#studio/desk/place-quiz.ts'
import { judgeText, type Asked } from '#studio/judge/judge.ts'
import { bodyWith, goodItem, sourceOf } from '../../course/sample.ts'

const lists = { misattributions: [], doubtfulFigures: [], withdrawn: [], sensitive: [] }
const known = { indicators: ['conflict-of-interest'], items: {}, editions: {} }
const items = [goodItem, { ...goodItem, id: 'itm-2' }]
const judged = (content: Asked['content']) =>
  judgeText({
    ...{ kind: 'lesson', file: '正文', content, itemsSource: JSON.stringify(items), fileNames: [] },
    ...{ known, lists },
  })

const places = [
  ['in a paragraph', '甲在前。\n\n问的就是这句话。\n\n乙在后。'],
  ['in a line of a paragraph', '甲在前。\n问的就是这句话。\n丙接着说。\n\n乙在后。'],
  ['in a list', '- 甲在前\n\n- 问的就是这句话。\n\n- 丙\n\n乙在后。'],
  ['in an aside', '<Note title="好">\n  甲\n\n  问的就是这句话。\n\n  丙\n</Note>\n\n乙在后。'],
  [
    'in a quotation',
    '<Quote work="《论语》" attribution="certain">\n  问的就是这句话。\n</Quote>\n\n乙在后。',
  ],
] as const

describe.each(places)('the words asked about stand %s', (_, part) => {
  const before = judged({ type: 'source', source: sourceOf(bodyWith(part)) })

  test.each(['source', 'document'] as const)('the check follows their block, in the %s', (type) => {
    if (!before.document) throw new Error('It could not be opened.')
    const text =
      type === 'source'
        ? { type, source: before.source }
        : { type, frontmatter: before.document.frontmatter, doc: before.document.doc }
    const placed = withQuiz(text, 'itm-2', '问的就是这句话。')
    const after = judged(placed)
    expect(after.problems.filter(({ message }) => !/passage|minutes/.test(message))).toEqual([])
    expect(after.source).toMatch(/问的就是这句话。[\s\S]*<Quiz item="itm-2" \/>\n\n乙在后。/)
    expect(judged(withoutQuiz(placed, 'itm-2')).source).toBe(before.source)
  })
})

test('without words it goes to the end', () => {
  const source = sourceOf(bodyWith('甲。'))
  const placed = withQuiz({ type: 'source', source }, 'itm-2', '')
  expect(placed.type === 'source' && placed.source).toBe(`${source.trimEnd()}\n\n<Quiz item="itm-2" />\n`)
})

import { expect, test } from 'vitest'
import { Answer, Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { items, samples } from './samples.ts'

const refusal = (change: object) => Item.safeParse(change).error?.issues[0]?.message

test.each(items)('an author’s $kind question is taken as written', (item) => {
  expect(Item.parse(item)).toEqual(item)
})

test('an unknown field is refused, so a slip of the pen is seen', () => {
  expect(Item.safeParse({ ...samples.single, awnser: 'b' }).success).toBe(false)
})

test.each([
  ['a key that is not an option', { ...samples.single, key: 'z' }, 'key 要写 options 里的一个编号'],
  [
    'two options with one id',
    { ...samples.single, options: [...samples.single.options, { id: 'a', text: '又' }] },
    '有两项用了同一个编号',
  ],
  [
    'two options that read alike',
    { ...samples.single, options: [...samples.single.options, { id: 'e', text: '当晚退回并说明' }] },
    '有两项文字相同',
  ],
  [
    'an id out of order',
    { ...samples.single, id: 'sizhi 1' },
    '题号写成 itm- 加小写字母、数字和连字符，例如 itm-jiafeng-1',
  ],
  ['an empty key', { ...samples.multiple, key: [] }, 'key 至少写一个编号'],
  ['a key id given twice', { ...samples.multiple, key: ['a', 'a'] }, 'key 里有编号写了两次'],
  ['a key id that is no option', { ...samples.multiple, key: ['a', 'z'] }, 'key 只能写 options 里的编号'],
  ['a key in words', { ...samples['true-false'], key: '对' }, 'key 写 true（对）或 false（错）'],
  [
    'a key that leaves out a step',
    { ...samples.order, key: ['c', 'd', 'a'] },
    'key 要把 steps 的每个编号写一次',
  ],
  [
    'step ids that tell the order',
    { ...samples.order, key: ['a', 'b', 'c', 'd'] },
    '编号的顺序就是正确顺序，看网页源码就能猜到，请换一换编号',
  ],
  [
    'a left side without a pair',
    { ...samples.match, key: { l1: 'r2', l2: 'r3' } },
    'key 要给 left 的每个编号写一个配对',
  ],
  [
    'a pair with nothing',
    { ...samples.match, key: { l1: 'r2', l2: 'r3', l3: 'r9' } },
    'key 的右边只能写 right 里的编号',
  ],
  [
    'pair ids that tell the pairs',
    { ...samples.match, key: { l1: 'r1', l2: 'r2', l3: 'r3' } },
    '左右编号依次对应，看网页源码就能猜到，请换一换编号',
  ],
  [
    'a stem without a gap',
    { ...samples['fill-in'], stem: '天知，神知，我知。' },
    '题干里要有且只有一处 ____',
  ],
  ['a stem with two gaps', { ...samples['fill-in'], stem: '____知，____知' }, '题干里要有且只有一处 ____'],
  [
    'an accepted form of punctuation only',
    { ...samples['fill-in'], key: { accept: ['。'] } },
    '答案里要有字，不能只有标点或空格',
  ],
  ['an empty rationale', { ...samples.single, rationale: '  ' }, '这里不能空着'],
])('the author of %s reads how to mend it', (_what, item, message) => {
  expect(refusal(item)).toBe(message)
})

test('answers stored years ago can still be read', () => {
  const stored = [
    { kind: 'single', choice: 'b' },
    { kind: 'multiple', choices: ['a', 'd'] },
    { kind: 'true-false', choice: false },
    { kind: 'order', order: ['c', 'd', 'a', 'b'] },
    { kind: 'match', pairs: { l1: 'r2', l2: 'r3', l3: 'r1' } },
    { kind: 'fill-in', text: '子知' },
    { kind: 'scenario', chosen: { s1: 'c', s2: 'b' } },
    { kind: 'procedure', stages: { p1: ['publish'], p2: ['28'], p3: ['quorum', 'notice'] } },
    { kind: 'short-answer', text: '名单贴在公开栏。' },
  ]
  expect(stored.map((answer) => Answer.parse(answer))).toEqual(stored)
})

test.each(items)('the right answer to a $kind question survives JSON', (item) => {
  const answer = rightAnswer(item)
  expect(Answer.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer)
})

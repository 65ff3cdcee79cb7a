import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { Item } from '#quiz/question.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { explain, rightAnswer } from '#quiz/say-answer.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples.scenario
const [first, second] = item.scenes
if (!first || !second) throw new Error('The sample has lost its scenes.')
const refusal = (change: object) => Item.safeParse({ ...item, ...change }).error?.issues[0]?.message
const scenes = (...changes: object[]) => ({
  scenes: item.scenes.map((scene, i) => ({ ...scene, ...changes[i] })),
})

test.each([
  [{ s1: 'c', s2: 'b' }, 5],
  [{ s1: 'c', s2: 'a' }, 3],
  [{ s1: 'a', s2: 'b' }, 4], // a bad start mended in part
  [{ s1: 'b' }, 0],
  [{ s1: 'b', s2: 'b' }, 0], // what was chosen on a path not taken is not counted
])('the path %j earns %i of 5', (chosen, earned) => {
  expect(grade(item, { kind: 'scenario', chosen })).toEqual({ type: 'graded', earned, possible: 5 })
})

test.each<[Record<string, string>, string]>([
  [{}, '第1步还没有选，请选一种做法'],
  [{ s2: 'b' }, '第1步还没有选，请选一种做法'],
  [{ s1: 'c' }, '第2步还没有选，请选一种做法'],
  [{ s1: 'z' }, '这道题刚刚修改过，请刷新页面再答'],
])('after the choices %j the learner reads what to do', (chosen, missing) => {
  expect(grade(item, { kind: 'scenario', chosen })).toEqual({ type: 'incomplete', missing })
})

test('scenes with names that every object knows are no trap', () => {
  const odd = Item.parse({
    ...item,
    scenes: [{ ...first, id: 'constructor' }, second],
  })
  expect(grade(odd, { kind: 'scenario', chosen: {} })).toMatchObject({
    missing: expect.stringContaining('第1步'),
  })
})

test('the best path is found, also where the best first step leads to less', () => {
  const short = { id: 'a', text: '先停下来', weight: 3, outcome: '好，就到这里' }
  const long = { id: 'b', text: '先问清楚', weight: 2, outcome: '也好', then: 's2' }
  const odd = Item.parse({ ...item, scenes: [{ ...first, choices: [short, long] }, second] })
  expect(rightAnswer(odd)).toEqual({ kind: 'scenario', chosen: { s1: 'b', s2: 'b' } })
  expect(grade(odd, { kind: 'scenario', chosen: { s1: 'a' } })).toMatchObject({ earned: 3, possible: 4 })
})

test('the form names each scene', () => {
  const sent = form([
    ['scene-s1', 'c'],
    ['scene-s2', 'b'],
  ])
  expect(answerFromForm('scenario', sent)).toEqual({ kind: 'scenario', chosen: { s1: 'c', s2: 'b' } })
  expect(answerFromForm('scenario', form([['scene-<b>', 'c']]))).toMatchObject({ type: 'incomplete' })
})

test('afterwards each step taken is told with its points and what came of it', () => {
  expect(explain(item, { kind: 'scenario', chosen: { s1: 'a', s2: 'b' } })).toEqual([
    '第1步得2分。请他按公告报名——密果：还差一步',
    '第2步得2分。当面退回——密果：退得及时',
  ])
})

test.each([
  ['one scene only', { scenes: [first] }, '至少写两个场面'],
  ['a scene that leads back', scenes({}, { choices: second.choices.map((one) => ({ ...one, then: 's1' })) }), 'then 只能写后面某个场面的编号'], // prettier-ignore
  ['a scene that nothing leads to', scenes({ choices: first.choices.map(({ then: _, ...one }) => one) }), '有一个场面从哪里都走不到'], // prettier-ignore
  ['two scenes with one id', scenes({}, { id: 's1' }), '有两个场面用了同一个编号'],
  ['two choices with one id', scenes({ choices: first.choices.map((one) => ({ ...one, id: 'a' })) }), '一个场面里有两种做法用了同一个编号'], // prettier-ignore
  ['choices that are all alike', scenes(...item.scenes.map(({ choices }) => ({ choices: choices.map((one) => ({ ...one, weight: 0 })) }))), '几种做法的 weight 都一样，分不出好坏'], // prettier-ignore
  ['a weight of a half', scenes({ choices: first.choices.map((one) => ({ ...one, weight: 0.5 })) }), 'weight 写 0 到 3 的整数'], // prettier-ignore
])('the author of %s reads how to mend it', (_what, change, message) => {
  expect(refusal(change)).toBe(message)
})

test('eight scenes of five choices that all lead on are graded at once', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({
    id: `s${i}`,
    text: `第${i}幕`,
    choices: [0, 1, 2, 3, 3].map((weight, n) => ({
      ...{ id: `c${n}`, text: `做法${n}`, weight, outcome: '后来' },
      ...(i < 7 && { then: `s${i + 1}` }),
    })),
  }))
  const long = Item.parse({ ...item, scenes: many })
  expect(grade(long, rightAnswer(long))).toEqual({ type: 'graded', earned: 24, possible: 24 })
})

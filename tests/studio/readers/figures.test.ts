// What is said of the readers of a lesson, from counts.
import { expect, test } from 'vitest'
import { describeCheck, sayRight, type Check, type FirstAnswer } from '#studio/readers/describe-checks.ts'
import { concernOf, type LessonFigures } from '#studio/readers/figures.ts'
import { starFigures } from '#studio/readers/star-figures.ts'
import { sayTimeNeeded, timeNeeded } from '#studio/readers/time-needed.ts'
import { sayStretch, whereReadersStop, worstStop } from '#studio/readers/where-readers-stop.ts'

const sections = ['悬鱼', '四知', '六尺巷', '回到今天'].map((title, at) => ({ id: `s${at + 1}`, title }))
const came = (furthest: number, readers: number, done = false) => ({
  ...{ sections: sections.slice(0, furthest).map(({ id }) => id), done, readers },
})

test('where four stop nothing is said, where five stop it is', () => {
  expect(whereReadersStop(sections, [came(2, 4)])).toBeNull()
  expect(whereReadersStop(sections, [came(2, 5)])).toMatchObject({ readers: 5, done: 0 })
})

test('each section says who came to it and who went no further', () => {
  const stops = whereReadersStop(sections, [
    came(1, 6),
    came(2, 0),
    came(3, 10),
    came(4, 0),
    came(4, 14, true),
  ])
  expect(stops).toEqual({
    readers: 30,
    stretches: [
      { from: 0, to: 0, titles: ['悬鱼', '悬鱼'], came: 30, stopped: 6 },
      { from: 1, to: 1, titles: ['四知', '四知'], came: 24, stopped: 0 },
      { from: 2, to: 2, titles: ['六尺巷', '六尺巷'], came: 24, stopped: 10 },
      { from: 3, to: 3, titles: ['回到今天', '回到今天'], came: 14, stopped: 0 },
    ],
    done: 14,
  })
  const worst = stops && worstStop(stops)
  expect(worst && sayStretch(worst.stretch)).toBe('第3节')
})

test('sections where few stop are told together, and so are the few who finished', () => {
  const few = whereReadersStop(sections, [came(1, 2), came(2, 3), came(3, 20), came(4, 4, true)])
  expect(few?.stretches.map((one) => [sayStretch(one), one.came, one.stopped])).toEqual([
    ['第1到第2节', 29, 5],
    ['第3到第4节', 24, null],
  ])
  expect(few?.done).toBeNull()
})

test('who saw a later section came as far as that, whatever was skipped', () => {
  const skipped = { sections: ['s1', 's4'], done: false, readers: 9 }
  expect(whereReadersStop(sections, [skipped])?.stretches.at(-1)).toMatchObject({ came: 9, stopped: 9 })
})

const check: Check = {
  ...{ id: 'itm-1', stem: '先做什么？', guessing: 0.25, one: true },
  options: ['a', 'b', 'c'].map((id) => ({ id, text: `选项${id}`, right: id === 'a' })),
}
const chose = (id: string, people: number): FirstAnswer => ({ chosen: [id], right: id === 'a', people })

test('an option that more people choose than the right one is named', () => {
  const figures = describeCheck(check, [chose('a', 10), chose('b', 6), chose('c', 14)])
  expect(figures?.options?.map(({ count }) => count)).toEqual([10, 6, 14])
  expect(figures?.remarks).toEqual(['选C的人比选对的多，看看题干或C是不是也说得通。'])
  expect(figures && sayRight(figures.right)).toBe('第一次就答对的占33%')
})

test('a check that works is left alone', () => {
  expect(describeCheck(check, [chose('a', 20), chose('b', 6), chose('c', 5)])?.remarks).toEqual([])
})

test('four answers say nothing; the choice of one person cannot be computed', () => {
  expect(describeCheck(check, [chose('a', 4)])).toBeNull()
  const one = describeCheck(check, [chose('a', 28), chose('c', 1)])
  expect(one?.options?.map(({ count }) => count)).toEqual([null, 0, null])
  expect(one && sayRight(one.right)).toBe('第一次就答对的在八成以上')
  expect(one?.remarks).toEqual([])
})

test('where several options are right each stands against those who left it out', () => {
  const several = { ...check, one: false }
  const figures = describeCheck(several, [
    { chosen: ['a', 'b'], right: true, people: 8 },
    { chosen: ['a', 'c'], right: false, people: 9 },
    { chosen: ['c'], right: false, people: 3 },
  ])
  expect(figures?.options?.map(({ count }) => count)).toEqual([null, 8, 12])
  expect(figures?.remarks[0]).toMatch(/^一半以上的人选了C/)
})

test('time needed is said beside the time promised, its spread from ten readers on', () => {
  expect(timeNeeded([600, 600, 600, 600], 10)).toBeNull()
  const five = timeNeeded([600, 700, 840, 900, 6000], 10)
  expect(five && sayTimeNeeded(five)).toBe('一半的人用了14分钟以内，写的是10分钟。')
  const ten = timeNeeded([...Array(5).fill(600), ...Array(5).fill(1800)] as number[], 10)
  expect(ten && sayTimeNeeded(ten)).toBe(
    '一半的人用了20分钟以内，写的是10分钟。最快的四分之一不超过10分钟，最慢的四分之一超过30分钟。',
  )
})

test('stars are told from five on', () => {
  expect(starFigures([1, 1, 1, 1, 0])).toBeNull()
  expect(starFigures([2, 1, 0, 0, 2])).toEqual({ count: 5, mean: 2.8, by: [2, 1, 0, 0, 2] })
})

test('of several signs the strongest is said, in words; a lesson that works is not named', () => {
  const none: LessonFigures = { stops: null, checks: [], time: null, stars: null }
  expect(concernOf(none)).toBeNull()
  const stops = whereReadersStop(sections, [came(2, 12), came(4, 18, true)])
  expect(concernOf({ ...none, stops })).toEqual({ reason: '四成读者停在第2节。', weight: 0.4 })
  const hard = describeCheck(check, [chose('a', 5), chose('b', 5), chose('c', 20)])
  expect(concernOf({ ...none, stops, checks: hard ? [hard] : [] })?.reason).toBe(
    '检查题“先做什么？”：选C的人比选对的多，看看题干或C是不是也说得通。',
  )
  expect(concernOf({ ...none, time: timeNeeded([900, 960, 1000, 1020, 1100], 10) })?.reason).toBe(
    '一半的人要用17分钟以上，写的是10分钟。',
  )
  expect(concernOf({ ...none, stars: starFigures([5, 2, 0, 0, 1]) })?.reason).toMatch(/^8人选了数，平均1\.8/)
})

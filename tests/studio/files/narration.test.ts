// What a person who reads aloud is told, and where the sentences are found again.
import { expect, test } from 'vitest'
import { Story } from '#course/story.ts'
import {
  longest,
  markAt,
  nameFor,
  sayClock,
  sayTrouble,
  sentenceAt,
  stopwatch,
  typeFor,
} from '#studio/files/narration.ts'

test('only the time that was recorded is counted', () => {
  let now = 1000
  const watch = stopwatch(() => now)
  watch.start()
  now += 2500
  watch.stop()
  now += 60_000
  expect(watch.seconds()).toBe(2.5)
  watch.start()
  watch.start()
  now += 500
  expect(watch.seconds()).toBe(3)
  watch.stop()
  watch.stop()
  expect(watch.seconds()).toBe(3)
})

test('each press notes where a sentence begins; a finger that hits twice notes one', () => {
  const marks = [0.02, 0.1, 3.26, 3.3, 3.5, 9].reduce<number[]>(markAt, [])
  expect(marks).toEqual([0, 3.3, 9])
  expect(Story.shape.recording.safeParse({ src: nameFor('audio/mp4'), marks }).success).toBe(true)
  expect(Story.shape.recording.safeParse({ src: nameFor('audio/webm;codecs=opus'), marks }).success).toBe(
    true,
  )
})

test('while it is heard, the sentence that is being said is shown', () => {
  expect([0, 3.2, 3.3, 8.9, 99].map((second) => sentenceAt([0, 3.3, 9], second))).toEqual([0, 0, 1, 1, 2])
  expect(sentenceAt([], 5)).toBe(0)
})

test('the time is told as on a clock, and ends at five minutes', () => {
  expect([0, 59.9, 60, 95, -1, longest].map(sayClock)).toEqual([
    '0:00',
    '0:59',
    '1:00',
    '1:35',
    '0:00',
    '5:00',
  ])
})

test('what all phones play is recorded where the browser can', () => {
  expect(typeFor(() => true)).toBe('audio/mp4;codecs=mp4a.40.2')
  expect(typeFor((type) => type.includes('webm'))).toBe('audio/webm;codecs=opus')
  expect(typeFor(() => false)).toBeNull()
})

test.each([
  ['NotSecure', 'https 开头'],
  ['NotSupported', '新版的Chrome'],
  ['NotAllowedError', '把“麦克风”改成“允许”'],
  ['NotFoundError', '插上耳机或麦克风'],
  ['NotReadableError', '挂断通话'],
  ['constructor', '刷新页面'],
])('when recording cannot begin (%s) there is a way on', (reason, words) => {
  const { message, hint } = sayTrouble(reason)
  expect(message).toMatch(/。$/)
  expect(hint).toContain(words)
})

import { expect, test } from 'vitest'
import { idleStep } from '#kiosk/screen/idle.ts'

const after = (view: Parameters<typeof idleStep>[0], signedIn: boolean) => (seconds: number) =>
  idleStep(view, signedIn, seconds * 1000)

test('after a minute and a half the screen asks, a minute later it goes home, and another minute later to its pictures', () => {
  expect([89, 90, 149, 150, 210].map(after('story', false))).toEqual(['stay', 'ask', 'ask', 'home', 'loop'])
})

test('home needs no question', () => {
  expect([90, 209, 210].map(after('home', false))).toEqual(['stay', 'stay', 'loop'])
})

test('a cadre may read for four minutes without touching, is asked, and is signed out after five', () => {
  expect([239, 240, 299, 300].map(after('lesson', true))).toEqual(['stay', 'ask', 'ask', 'home'])
  expect(after('home', true)(300)).toBe('home')
})

test('the pictures go on for ever', () => {
  expect(after('loop', false)(90_000)).toBe('stay')
})

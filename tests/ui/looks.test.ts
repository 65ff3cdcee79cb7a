import { expect, test } from 'vitest'
import { changeLooks, plainLooks, readLooks, writeLooks } from '#ui/looks.ts'

test('a reader who has chosen nothing sees the standard look in the theme of the system', () => {
  expect(readLooks(undefined)).toEqual({ mode: 'standard', size: 'normal', theme: 'auto' })
  expect(readLooks('')).toEqual(plainLooks)
})

test('what a reader has chosen is found again', () => {
  const looks = ['elder', 'max', 'dark'].reduce(changeLooks, plainLooks)
  expect(looks).toEqual({ mode: 'elder', size: 'max', theme: 'dark' })
  expect(readLooks(writeLooks(looks))).toEqual(looks)
})

test('pressing one button leaves the other choices as they were', () => {
  const dark = changeLooks(plainLooks, 'dark')
  expect(changeLooks(dark, 'elder')).toEqual({ mode: 'elder', size: 'normal', theme: 'dark' })
})

test('a cookie or a button with other words changes nothing and breaks nothing', () => {
  expect(readLooks('"><script>.elder.__proto__')).toEqual({ ...plainLooks, mode: 'elder' })
  expect(changeLooks(plainLooks, 'mode=elder')).toEqual(plainLooks)
})

test('equal looks are equal strings, so that one stored page serves them', () => {
  expect(writeLooks(readLooks('dark.elder'))).toBe(writeLooks(readLooks('elder.normal.dark')))
})

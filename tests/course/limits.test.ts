import { expect, test } from 'vitest'
import { checkLimits, limits } from '#course/limits.ts'
import { readYaml } from '#course/read-yaml.ts'
import { Course } from '#course/course.ts'
import { bombs } from '../support/payloads.ts'
import { check, problemsOf, sourceOf } from './sample.ts'

// A parser that met one of these would need far longer than this, or overflow its stack.
const patience = 5000

test.each(bombs)('%s is refused before any parser sees it', { timeout: patience }, (_, body, message) => {
  const [problem] = problemsOf(sourceOf(body))
  expect(problem?.message).toMatch(message)
})

test.each([
  ['stars', 'a*'],
  ['brackets', ']('],
  ['footnotes', '[^a]'],
  ['tildes', 'a~~b '],
  ['braces', '{a} '],
])('the most %s that are let through are read in time', { timeout: patience }, (_, mark) => {
  const each = (mark.match(/[[\]{}*~^]/g) ?? []).length
  const block = mark.repeat(Math.floor(limits.marksInBlock / each))
  const blocks = Math.floor((limits.marks - 200) / (each * Math.floor(limits.marksInBlock / each)))
  const source = sourceOf(`${block}\n\n`.repeat(blocks))
  expect(checkLimits(source, 'x')).toEqual([])
  expect(check(source).type).toBe('refused')
})

test('deep or aliased YAML is refused in time', { timeout: patience }, () => {
  const laughs = `a: &a [好]\nb: &b [*a,*a]\nc: [*b,*b]\n`
  for (const source of ['['.repeat(10_000), `${'- '.repeat(5000)}好`, laughs, `${'{a: '.repeat(900)}`]) {
    expect(readYaml(source, Course, 'course.yaml').type).toBe('refused')
  }
})

test('half a character, or what is no UTF-8, is refused', () => {
  expect(checkLimits('好\ud800', 'x')[0]?.message).toBe('文件里有残缺的字符。')
  expect(checkLimits('好\ufffd', 'x')[0]?.mend).toBe('用 UTF-8 编码重新保存。')
})

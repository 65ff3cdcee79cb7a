import { expect, test } from 'vitest'
import { checkLimits, limits } from '#course/limits.ts'
import { readYaml } from '#course/read-yaml.ts'
import { Course } from '#course/course.ts'
import { check, problemsOf, sourceOf } from './sample.ts'

const bombs: [name: string, body: string, message: RegExp][] = [
  ['10,000 nested brackets', '['.repeat(10_000), /超过4000个字符|符号/],
  ['10,000 nested brackets over lines', `${'['.repeat(100)}\n`.repeat(100), /符号.*太多/],
  ['10,000 nested brackets over paragraphs', `${'['.repeat(100)}\n\n`.repeat(101), /符号.*太多/],
  ['a line of 1 MB', '好'.repeat(350_000), /超过256 KB/],
  ['a line of 200 KB', 'a'.repeat(200_000), /这一行超过4000个字符/],
  ['stars without end', 'a*'.repeat(1900), /符号.*太多/],
  ['quotations in quotations', '> '.repeat(500), /套得太深/],
  ['lists in lists', '- '.repeat(500) + '好', /套得太深/],
  ['numbered lists in lists', '1. '.repeat(500) + '好', /套得太深/],
  [
    'lists in lists by indentation',
    Array.from({ length: 300 }, (_, i) => `${'  '.repeat(i)}- 好`).join('\n'),
    /套得太深/,
  ],
  [
    'asides in asides',
    `${'<Note title="好">\n\n'.repeat(400)}好\n\n${'</Note>\n\n'.repeat(400)}`,
    /组件超过200个/,
  ],
  ['asides left open', '<Note title="好">\n\n'.repeat(1200), /开头和结尾对不上|没有写完/],
  ['100,000 lines', '\n'.repeat(100_000), /超过3000行/],
]

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

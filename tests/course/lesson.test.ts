import { expect, test } from 'vitest'
import { Course } from '#course/course.ts'
import { readYaml } from '#course/read-yaml.ts'
import { goodBody, head, problemsOf, sourceOf } from './sample.ts'

const lineOf = (field: string) => Object.keys(head).indexOf(field) + 2

const wrong: [field: string, value: string | undefined, message: string, mend: string][] = [
  ['id', undefined, '少了“id”。', '补上它，值是文字。'],
  ['id', 'sizhi', '“id”的写法不对。', '以 lsn- 开头，只用小写字母、数字和连字符，如 lsn-sizhi。'],
  ['title', '""', '“title”的长度不合适。', '至少要有1个字。'],
  ['title', undefined, '少了“title”。', '补上它，值是文字。'],
  ['summary', '好'.repeat(301), '“summary”的长度不合适。', '最多300个字。'],
  ['minutes', '2.5', '“minutes”应当是整数。', '改成整数'],
  ['minutes', '两分钟', '“minutes”应当是数字。', '改成数字'],
  ['minutes', '0', '“minutes”小于允许的数。', '至少是1。'],
  ['edition', '0', '“edition”小于允许的数。', '至少是1。'],
  ['path', '不怕腐', '“path”的值不在可选范围内。', '只能是：不敢腐、不能腐、不想腐。'],
  ['indicators', '[]', '“indicators”的长度不合适。', '至少要有1项。'],
  ['indicators', '[利益冲突]', '“indicators 第1项”的写法不对。', '写能力模型里的指标代号'],
  ['sources', '[]', '“sources”的长度不合适。', '至少要有1项。'],
  ['sources', '[{ place: 卷一 }]', '少了“sources 第1项 work”。', '补上它，值是文字。'],
  [
    'sources',
    '[{ work: 书, url: "javascript:x" }]',
    '“sources 第1项 url”的写法不对。',
    '写成 https:// 开头的完整网址。',
  ],
  ['sources', '[{ work: 书, by: 我 }]', '不认识“by”。', '删去它'],
  ['attribution', 'sure', '“attribution”的值不在可选范围内。', 'certain、traditional、doubtful、legend'],
  ['checkedOn', '去年', '“checkedOn”的写法不对。', '写成年-月-日，如 2026-11-01。'],
  ['reviewBy', '2026-02-30', '“reviewBy”的写法不对。', '写成年-月-日'],
]

test.each(wrong)('a wrong “%s: %s” is told with its line and its mend', (field, value, message, mend) => {
  const [problem] = problemsOf(sourceOf(goodBody, { [field]: value }))
  expect(problem?.message).toBe(message)
  expect(problem?.mend).toContain(mend)
  if (value !== undefined) expect(problem?.line).toBe(lineOf(field))
})

test('unknown and dangerous names are refused where they stand', () => {
  const at = Object.keys(head).length + 2
  const extra = (line: string) => problemsOf(sourceOf(goodBody, { 'x-y': '1' }).replace('x-y: 1', line))
  expect(extra('draft: true')[0]).toMatchObject({ line: at, column: 1, message: '不认识“draft”。' })
  expect(extra('__proto__: { a: 1 }')[0]).toMatchObject({ line: at, message: '“__proto__”不能用作名称。' })
  expect(extra('constructor: 好')[0]).toMatchObject({ line: at, message: '“constructor”不能用作名称。' })
  expect(extra('title: 又一个')[0]?.message).toBe('同一个名称写了两次。')
  expect(extra('more: &a 好')[0]?.message).toBe('这里用了 & 锚点。')
  expect(extra('more: !!js/function "x"')[0]?.message).toMatch(/! 标签|YAML 的写法有误/)
})

test('frontmatter that is no YAML says how a line is written', () => {
  const [problem] = problemsOf(sourceOf(goodBody, { title: '四知: 夜里: 的' }))
  expect(problem).toMatchObject({ line: lineOf('title') })
  expect(problem?.mend).toContain('值里有冒号、引号或井号时，整句加上引号')
})

test('a course that is not whole says what is missing', () => {
  const read = readYaml('id: crs-jiafeng\ntitle: 家风\npath: 不想腐\ncompulsory: 是\n', Course, 'course.yaml')
  expect(read.type === 'refused' && read.problems.map(({ line, message }) => [line, message])).toEqual([
    [1, '少了“summary”。'],
    [4, '“compulsory”应当是true 或 false。'],
  ])
})

import { describe, expect, test } from 'vitest'
import { describeProblem } from '#course/problem.ts'
import { attacks } from '../support/payloads.ts'
import { bodyLine, bodyWith, check, goodBody, problemsOf, sourceOf } from './sample.ts'

const globals = globalThis as { effect?: unknown }

describe('what an author may not write', () => {
  test.each(attacks)('%s is refused with place and mend, and does nothing', (_, part, message) => {
    const problems = problemsOf(sourceOf(bodyWith(part)))
    const first = problems[0]
    expect(first?.message).toMatch(message)
    expect(first?.mend).toMatch(/\p{Script=Han}.*[。」”>/）]$/u)
    expect(first?.line).toBeGreaterThanOrEqual(bodyLine)
    expect(first?.column).toBeGreaterThanOrEqual(1)
    expect(problems.every((problem) => !/[a-z]{4,} [a-z]{3,} [a-z]{3,}/i.test(problem.message))).toBe(true)
    expect(globals.effect).toBeUndefined()
  })

  test('frontmatter that would be run is refused', () => {
    const source = sourceOf(goodBody)
      .replace('---', '---js')
      .replace('id: lsn-sizhi', 'globalThis.effect = 1')
    expect(problemsOf(source)).toEqual([
      {
        file: 'index.mdx',
        line: 1,
        column: 1,
        message: '开头写成了“---js”，只能用 YAML。',
        mend: '第一行只写三个连字符 ---，再写各项，最后一行也只写 ---。',
      },
    ])
    expect(globals.effect).toBeUndefined()
  })

  test('TOML frontmatter and none at all are refused', () => {
    expect(problemsOf(sourceOf(goodBody).replaceAll('---', '+++'))[0]?.message).toMatch(/开头没有课文的说明/)
    expect(problemsOf('## 好\n')[0]?.message).toMatch(/开头没有课文的说明/)
  })

  test('the author is told the exact place and what to do', () => {
    const [problem] = problemsOf(sourceOf('导语。\n\n## 节\n\n好的 [链接](javascript:x)。\n'), [])
    expect(problem && describeProblem(problem)).toBe(
      `index.mdx 第${bodyLine + 4}行第4列：链接“javascript:x”不能用。` +
        '只能用 https:// 或 http:// 开头的完整网址、/ 开头的站内地址，或 # 开头的本页位置。',
    )
  })

  test('all faults of a lesson are told at once, in reading order', () => {
    const body = bodyWith('{一}\n\n<Evil />\n\n[好](javascript:x)')
    expect(problemsOf(sourceOf(body)).map(({ line }) => line - bodyLine)).toEqual([6, 8, 10])
  })
})

describe('what an author may write', () => {
  const fine: [name: string, part: string][] = [
    [
      'links to the web, this site and this page',
      '[一](https://www.gov.cn/a?b=c#d) [二](/help) [三](#s1) www.gov.cn',
    ],
    ['braces and angle brackets as signs', '写作 \\{ 和 \\}，3 \\< 5，`{code}` 和 `<tag>`'],
    ['code', '```js\nimport fs from "node:fs"; {x}; <script>\n```'],
    [
      'tables, lists, notes',
      '| 甲 | 乙 |\n| - | -: |\n| 1 | 2 |\n\n1. 一\n   - 二\n\n- [ ] 三\n\n好[^1]\n\n[^1]: 注',
    ],
    ['a component on one line', '<Note title="时代局限">这是旧时的话。</Note>'],
    ['a component inside an aside', '<Note title="好">\n\n<Figure src="图1.svg" alt="好" />\n\n</Note>'],
    ['a mail address as code', '写信给 `a@example.com`'],
    ['the words import and export in a sentence', '英文 import 和 export 是进口和出口。'],
  ]
  test.each(fine)('%s', (_, part) => {
    expect(problemsOf(sourceOf(bodyWith(part)))).toEqual([])
  })

  test('a good lesson comes out with its parts', () => {
    const checked = check(sourceOf(goodBody))
    expect(checked).toMatchObject({
      type: 'checked',
      meta: { id: 'lsn-sizhi', minutes: 2, checkedOn: '2026-10-28' },
      sections: [{ id: 's1', title: '那天夜里' }],
      items: [{ id: 'itm-sizhi-1' }],
      media: [],
    })
  })

  test('a file written on Windows, with byte order mark, reads the same', () => {
    expect(problemsOf(`\uFEFF${sourceOf(goodBody).replaceAll('\n', '\r\n')}`)).toEqual([])
  })
})

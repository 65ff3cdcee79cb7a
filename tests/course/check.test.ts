import { describe, expect, test } from 'vitest'
import { describeProblem } from '#course/problem.ts'
import { bodyLine, bodyWith, check, goodBody, problemsOf, sourceOf } from './sample.ts'

const globals = globalThis as { effect?: unknown }
const effect = 'globalThis.effect=1'

/** What somebody might write so that a reader's or the server's machine does what it should not, and the words of refusal. */
const attacks: [name: string, body: string, message: RegExp][] = [
  ['an expression', `{${effect}}`, /\{…\} 表达式/],
  ['an expression in a sentence', `好的{${effect}}好的`, /\{…\} 表达式/],
  ['an expression that is no JavaScript', '{ 一二三 }', /\{…\} 表达式/],
  ['reading the environment', '{process.env.SECRET}', /\{…\} 表达式/],
  ['a comment in braces', '{/* 注释 */}', /\{…\} 表达式/],
  ['an expression that calls', '{(() => { globalThis.effect = 1 })()}', /\{…\} 表达式/],
  ['import', `import fs from 'node:fs'`, /import 或 export/],
  ['import for its effect', `import 'data:text/javascript,globalThis.effect=1'`, /import 或 export/],
  ['export', `export const meta = globalThis.effect = 1`, /import 或 export/],
  ['export of a component', `export { default as Note } from '/evil.js'`, /import 或 export/],
  ['script', '<script>globalThis.effect=1</script>', /不能写 HTML 标签 <script>/],
  ['script in a sentence', '好<script>x</script>好', /不能写 HTML 标签 <script>/],
  ['style', '<style>x</style>', /不能写 HTML 标签 <style>/],
  ['iframe', '<iframe src="https://example.com" />', /不能写 HTML 标签 <iframe>/],
  ['img with a handler', '<img src="x" onerror="globalThis.effect=1" />', /不能写 HTML 标签 <img>/],
  ['svg with a handler', '<svg onload="globalThis.effect=1" />', /不能写 HTML 标签 <svg>/],
  ['a form to elsewhere', '<form action="https://example.com"><input /></form>', /不能写 HTML 标签 <form>/],
  ['an HTML link', '<a href="javascript:globalThis.effect=1">好</a>', /不能写 HTML 标签 <a>/],
  ['an HTML comment', '<!-- 好 -->', /标签里有不该有的字符/],
  ['a custom element of ours', '<x-quiz item="itm-sizhi-1" />', /不能写 HTML 标签 <x-quiz>/],
  ['an unknown component', '<Evil />', /没有叫 <Evil> 的组件/],
  ['a component by path', '<Note.Inner />', /没有叫 <Note.Inner> 的组件/],
  ['a component by namespace', '<svg:script />', /不能写 HTML 标签 <svg:script>/],
  ['a fragment', '<>好</>', /空标签/],
  ['constructor', '<constructor />', /不能写 HTML 标签 <constructor>/],
  ['__proto__', '<__proto__ />', /没有叫 <__proto__> 的组件/],
  ['hasOwnProperty', '<hasOwnProperty />', /不能写 HTML 标签 <hasOwnProperty>/],
  ['toString in capitals', '<ToString />', /没有叫 <ToString> 的组件/],
  ['a spread', '<Note title="好" {...globalThis}>好</Note>', /\{\.\.\.\} 展开/],
  ['an expression as value', '<Note title={globalThis.effect=1}>好</Note>', /“title”不是文字/],
  ['a template as value', '<Note title={`${process.env.SECRET}`}>好</Note>', /标签里有不该有的字符/],
  [
    'a handler on a component',
    '<Note title="好" onclick="globalThis.effect=1">好</Note>',
    /没有“onclick”这个属性/,
  ],
  ['style on a component', '<Note title="好" style="position:fixed">好</Note>', /没有“style”这个属性/],
  ['set:html', '<Note title="好" set:html="<script>">好</Note>', /没有“set:html”这个属性/],
  ['an island', '<Note title="好" client:load="">好</Note>', /没有“client:load”这个属性/],
  ['__proto__ as prop', '<Note title="好" __proto__="x">好</Note>', /没有“__proto__”这个属性/],
  ['constructor as prop', '<Note title="好" constructor="x">好</Note>', /没有“constructor”这个属性/],
  ['JSX as value', '<Note title={<script>1</script>}>好</Note>', /“title”不是文字/],
  ['a prop twice', '<Note title="好" title="坏">好</Note>', /“title”写了两次/],
  ['a prop without value', '<Note title>好</Note>', /“title”不是文字/],
  ['javascript:', '[好](javascript:globalThis.effect=1)', /不能用/],
  ['javascript: in other letters', '[好](JaVaScRiPt:globalThis.effect=1)', /不能用/],
  ['javascript: as characters', '[好](&#106;avascript:globalThis.effect=1)', /不能用/],
  ['javascript: with a tab', '[好](java&Tab;script:globalThis.effect=1)', /空白、反斜杠或看不见的字符/],
  ['javascript: between brackets', '[好](<javascript:alert(1)>)', /不能用/],
  ['javascript: by reference', '[好][a]\n\n[a]: javascript:globalThis.effect=1', /不能用/],
  ['vbscript:', '[好](vbscript:x)', /不能用/],
  ['data:', '[好](data:text/html,<script>x</script>)', /不能用/],
  ['file:', '[好](file:///etc/passwd)', /不能用/],
  ['blob:', '[好](blob:https://example.com/x)', /不能用/],
  ['mailto:', '[好](mailto:a@example.com)', /邮箱地址/],
  ['an address that becomes a link', '写信给 a@example.com', /邮箱地址/],
  ['a link without protocol', '[好](//example.com)', /没有写明协议/],
  ['the same with a tab', '[好](/&Tab;/example.com)', /空白、反斜杠/],
  ['the same with a backslash', '[好](/\\\\example.com)', /空白、反斜杠/],
  ['https without a host', '[好](https:example.com)', /不能用/],
  ['a user name in the address', '[好](https://www.gov.cn@example.com/)', /带有用户名/],
  ['a link to a neighbour file', '[好](../secret.mdx)', /不能用/],
  [
    'a picture from elsewhere',
    '![好](https://example.com/a.png)',
    /图片“https:\/\/example.com\/a.png”不能用/,
  ],
  ['a picture as data', '![好](data:image/png;base64,AAAA)', /图片“data:/],
  ['a picture by path', '![好](../../secret.png)', /图片“\.\.\/\.\.\/secret\.png”不能用/],
  ['a hidden picture', '![好](.a.png)', /不能用/],
  ['a picture by reference', '![好][a]\n\n[a]: https://example.com/a.png', /图片写成了引用/],
  ['a picture without words', '![](a.png)', /图片没有说明/],
  ['a file by path in a component', '<Figure src="../a.svg" alt="好" />', /<Figure>：“src”的写法不对/],
  [
    'a file from elsewhere in a component',
    '<Figure src="https://example.com/a.svg" alt="好" />',
    /“src”的写法不对/,
  ],
  ['a program as attachment', '<Attachment src="a.exe" title="好" />', /“src”的写法不对/],
  ['a page as attachment', '<Attachment src="a.html" title="好" />', /“src”的写法不对/],
  ['a tag left open', '<Note title="好">好', /开头和结尾对不上|没有写完/],
  ['a tag closed by another', '<Note title="好">\n\n好\n\n</Quote>', /开头和结尾对不上/],
  ['a brace left open', '好 { 好', /没有写完/],
  ['text that runs backwards', '好\u202e好', /看不见的控制字符 U\+202E/],
  ['a null character', '好\u0000好', /看不见的控制字符 U\+0000/],
  ['a component in a sentence', '这里<Quiz item="itm-sizhi-1" />写', /写在了句子里/],
  ['a question in an aside', '<Note title="好">\n\n<Quiz item="itm-sizhi-1" />\n\n</Note>', /不能放在这里面/],
  ['a component in a list', '- 好\n\n  <Note title="好">好</Note>', /不能放在这里面/],
  ['a heading like the title', '# 好', /一级标题/],
  ['a section in an aside', '<Note title="好">\n\n## 好\n\n</Note>', /放在了别的内容里面/],
  ['an empty section', '##', /标题是空的/],
]

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

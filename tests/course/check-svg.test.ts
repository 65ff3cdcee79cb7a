import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkSvg } from '#course/check-svg.ts'

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`

test.each([
  ['script', svg('<script>alert(1)</script>')],
  ['script by reference', svg('<script href="https://example.com/a.js"/>')],
  ['a handler on the root', svg('', 'onload="alert(1)"')],
  ['a handler in capitals', svg('<g ONCLICK="alert(1)"/>')],
  ['foreignObject', svg('<foreignObject><div/></foreignObject>')],
  ['an HTML element', svg('<iframe src="https://example.com"/>')],
  ['a link', svg('<a href="https://example.com"><path d="M0 0"/></a>')],
  ['a picture from elsewhere', svg('<image href="https://example.com/a.png"/>')],
  ['use of another file', svg('<use href="https://example.com/a.svg#x"/>')],
  ['use of data', svg('<use xlink:href="data:image/svg+xml;base64,AAAA"/>')],
  ['an animation that sets a link', svg('<set attributeName="href" to="javascript:alert(1)"/>')],
  ['style element', svg('<style>@import "https://example.com"</style>')],
  ['style attribute', svg('<path style="background:url(https://example.com)" d="M0 0"/>')],
  ['fill from elsewhere', svg('<path fill="url(https://example.com#a)" d="M0 0"/>')],
  ['another base', svg('<use xml:base="https://example.com/" href="#a"/>')],
  ['a document type with entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`],
  ['a stylesheet instruction', `<?xml-stylesheet href="https://example.com"?>${svg('')}`],
  ['CDATA', svg('<![CDATA[<script>]]>')],
  ['characters that hide a word', svg('<path fill="java&#115;cript:alert(1)" d="M0 0"/>')],
  ['an attribute without quotes', svg('<path onclick=alert(1) d="M0 0"/>')],
  ['another namespace', svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>')],
  [
    'a reference inside of what is referred to',
    svg('<g id="a"><path d="M0 0"/></g><g id="b"><use href="#a"/><use href="#a"/></g>'),
  ],
  ['a pattern within a pattern', svg('<pattern id="a"><path fill="url(#b)" d="M0 0"/></pattern>')],
  ['references without end', svg('<use href="#a"/>'.repeat(201))],
  ['no drawing at all', '<html><script>alert(1)</script></html>'],
])('a drawing with %s is refused with a reason', (_, source) => {
  expect(checkSvg(source)).toMatch(/\p{Script=Han}/u)
})

test('drawings of shapes, words and gradients pass', () => {
  const fine = svg(
    '<!-- 图 --><title>夜</title><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>' +
      '<path fill="url(#a)" d="M0 0h1"/><use href="#a"/><text x="1">一 &lt; 二</text>',
    'viewBox="0 0 1 1" role="img"',
  )
  expect(checkSvg(fine)).toBeNull()
  expect(checkSvg(`<?xml version="1.0" encoding="UTF-8"?>\n${fine}\n`)).toBeNull()
})

test('the drawings of the library pass', () => {
  for (const file of globSync('content/**/*.svg'))
    expect([file, checkSvg(readFileSync(file, 'utf8'))]).toEqual([file, null])
})

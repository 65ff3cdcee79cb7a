// The same attacks as payloads.ts, as what a browser sends that is not our editor: nodes, marks and fields made by hand.
import type { Refused } from './payloads.ts'

const words = (text: unknown, ...marks: unknown[]) => ({ type: 'text', text, marks })
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const component = (name: unknown, props: unknown, ...content: unknown[]) => ({
  ...{ type: 'component', attrs: { name, props } },
  content,
})
const link = (href: unknown, title: unknown = null) => ({ type: 'link', attrs: { href, title } })
const image = (src: unknown, alt: unknown = '好') =>
  paragraph({ type: 'image', attrs: { src, alt, title: null } })
const nested = (type: string, depth: number, leaf: unknown) => {
  let node = leaf
  for (let level = 0; level < depth; level++) node = { type, content: [node] }
  return node
}
const deepValue = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown
const own = (json: string) => JSON.parse(json) as unknown

/** Nodes that are put into a good document, and the words of refusal. */
export const documents: Refused<unknown>[] = [
  ['a node of HTML', { type: 'html', text: '<script>' }, /读不懂/],
  ['a node of a program', { type: 'mdxjsEsm', text: 'import fs from "fs"' }, /读不懂/],
  ['a node with an expression', { type: 'mdxFlowExpression', text: 'globalThis.effect=1' }, /读不懂/],
  ['a node called constructor', { type: 'constructor' }, /读不懂/],
  ['a node called __proto__', { type: '__proto__' }, /读不懂/],
  ['a node without a name', { content: [] }, /读不懂/],
  ['no node', null, /读不懂/],
  ['words where a node belongs', '<script>', /读不懂/],
  ['content that is no list', { type: 'paragraph', content: 'x' }, /读不懂/],
  ['words that are no words', paragraph(words({ toString: 'x' })), /读不懂/],
  ['a mark of HTML', paragraph(words('好', { type: 'html' })), /读不懂/],
  ['a mark called constructor', paragraph(words('好', { type: 'constructor' })), /读不懂/],
  [
    'HTML in the clothes of a reference',
    { type: 'definition', attrs: { type: 'html', value: '<script>globalThis.effect=1</script>' } },
    /不能写 HTML 标签 <script>/,
  ],
  [
    'a program in the clothes of a reference',
    { type: 'definition', attrs: { type: 'mdxjsEsm', value: `import 'CANARY_ORIGIN/a.mjs'` } },
    /import 或 export/,
  ],
  [
    'an expression in the clothes of a reference',
    { type: 'definition', attrs: { type: 'mdxFlowExpression', value: `fetch('CANARY_ORIGIN/a')` } },
    /\{…\} 表达式/,
  ],
  ['an unknown component', component('Evil', []), /没有叫 <Evil> 的组件/],
  ['a component of HTML', component('script', [], paragraph(words('globalThis.effect=1'))), /标签 <script>/],
  ['a component called __proto__', component('__proto__', []), /没有叫 <__proto__> 的组件/],
  ['a component called constructor', component('constructor', []), /不能写 HTML 标签 <constructor>/],
  ['a component without a name', component(null, [], paragraph(words('好'))), /空标签/],
  ['a name with more in it', component('Note title="好" onclick="x"', []), /没有“onclick”|不该有的字符/],
  ['a name that ends the tag', component('script>globalThis.effect=1</script', []), /这里的标签写法有误/],
  ['a prop with a handler', component('Note', [['onclick', 'x']], paragraph(words('好'))), /没有“onclick”/],
  ['a prop called __proto__', component('Note', [['__proto__', 'x']], paragraph(words('好'))), /“__proto__”/],
  [
    'a prop name with more in it',
    component('Note', [['title="好" onclick', 'x']], paragraph(words('好'))),
    /没有“onclick”/,
  ],
  ['a prop that is a program', component('Note', [['title', { type: 'mdxJsxAttribute' }]]), /读不懂/],
  ['a spread', component('Note', [{ type: 'mdxJsxExpressionAttribute', value: '...x' }]), /读不懂/],
  ['props as an object', component('Note', own('{"__proto__":{"title":"好"}}')), /读不懂/],
  ['javascript:', paragraph(words('好', link('javascript:globalThis.effect=1'))), /不能用/],
  ['data:', paragraph(words('好', link('data:text/html,<script>x</script>'))), /不能用/],
  ['a link that ends itself', paragraph(words('好', link('/a) <script>x</script>'))), /空白、反斜杠/],
  ['a link that is an object', paragraph(words('好', link({ href: '/a' }))), /空白、反斜杠/],
  [
    'a definition that runs',
    { type: 'definition', attrs: { identifier: 'a', url: 'javascript:globalThis.effect=1' } },
    /不能用/,
  ],
  ['a picture from a port here', image('CANARY_ORIGIN/a.png'), /图片“.*不能用/],
  ['a picture by path', image('../../secret.png'), /不能用/],
  ['a picture without words', image('图.png', null), /图片没有说明/],
  ['a picture nobody sent', image('别的.png'), /还没有传上来/],
  ['a heading like the title', { type: 'heading', attrs: { level: 1 }, content: [words('好')] }, /一级标题/],
  [
    'a heading of level 500,000,000',
    { type: 'heading', attrs: { level: 5e8 }, content: [words('好')] },
    /级数太多/,
  ],
  ['text that runs backwards', paragraph(words('好\u202e好')), /看不见的控制字符 U\+202E/],
  ['a null character', paragraph(words('好\u0000好')), /看不见的控制字符 U\+0000/],
  ['half a character', paragraph(words('好\ud800好')), /残缺的字符/],
  ['120 nested quotations', nested('blockquote', 120, paragraph(words('好'))), /套得太深/],
  ['1 MB of words', paragraph(words('好'.repeat(1_000_000))), /太长/],
  ['1 MB of angle brackets', paragraph(words('<'.repeat(1_000_000))), /太长/],
  ['200 KB of angle brackets', paragraph(words('<'.repeat(200_000))), /太长|超过4000个字符/],
  [
    '5,000 links on one word',
    paragraph(words('好', ...Array.from({ length: 5000 }, (_, number) => link(`/${number}`)))),
    /太复杂|读不懂|超过4000|符号|套得太深/,
  ],
]

/** What is too deep or too large to be copied. */
export const deepDocuments: Refused<unknown>[] = [
  ['100,000 nested quotations', nested('blockquote', 100_000, paragraph(words('好'))), /套得太深/],
  ['100,000 nested lists in a field', { type: 'paragraph', attrs: { x: deepValue(100_000) } }, /套得太深/],
  ['700,000 nodes', { type: 'blockquote', content: Array<unknown>(700_000).fill(null) }, /套得太深或太长/],
]

/** Nodes that become nothing but text, with the words that a reader then sees. */
export const plainDocuments: [name: string, node: unknown, shows: string][] = [
  ['an expression', paragraph(words('{globalThis.effect=1}')), '{globalThis.effect=1}'],
  ['a tag', paragraph(words('<script>globalThis.effect=1</script>')), '<script>globalThis.effect=1</script>'],
  ['import', paragraph(words('import "CANARY_ORIGIN/a.mjs"')), 'import "CANARY_ORIGIN/a.mjs"'],
  ['export', paragraph(words('export const a = 1')), 'export const a = 1'],
  ['the end of a comment', paragraph(words('--> <b>')), '--> <b>'],
  [
    'a code that ends itself',
    paragraph(words('`` {globalThis.effect=1}', { type: 'code' })),
    '`` {globalThis',
  ],
  [
    'a fence that ends itself',
    { type: 'codeBlock', attrs: { language: 'js' }, content: [words('```\n\n<script>x</script>')] },
    '<script>x</script>',
  ],
  [
    'a language with more lines',
    { type: 'codeBlock', attrs: { language: 'js\n```\n<script>' }, content: [words('好')] },
    '好',
  ],
  [
    'a prop that ends itself',
    component('Note', [['title', '" onclick="globalThis.effect=1']], paragraph(words('好'))),
    '好',
  ],
  ['a prop with braces', component('Note', [['title', '{process.env}']], paragraph(words('好'))), '好'],
  ['words of a picture that end themselves', image('图.png', '](x) <script>'), ''],
  ['a title that ends itself', paragraph(words('好', link('/help', '" <script>'))), '好'],
  ['a field called __proto__', own('{"type":"paragraph","attrs":{"__proto__":{"x":1}},"content":[]}'), ''],
  ['a heading of no level', { type: 'heading', attrs: { level: 'x' }, content: [words('好')] }, '好'],
  ['nothing at all', { type: 'paragraph' }, ''],
]

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { altered, elementsIn, escaped, readHtml, replace, textIn, writeHtml } from '#export/html.ts'
import { element } from '#export/markup.ts'

const page = `<!DOCTYPE html><html lang="zh-CN"><head><title>甲 < 乙</title><script>if (a<b) document.write("</p>")</script></head>
<body class='wide' hidden><!-- <p> --><p>一<br>二<b>三</b></p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><input value=a required><a href="/x?a=1&amp;b=2#c" title="> &quot;">去</a></body></html>`

test('a page comes back letter by letter', () => {
  expect(writeHtml(readHtml(page))).toBe(page)
})

test('whatever text and attributes a page has, it comes back as it was', () => {
  const anyName = fc.constantFrom('p', 'div', 'span', 'li')
  const anyText = fc.string().map(escaped)
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      anyText,
      fc
        .tuple(anyName, anyText, fc.array(tie('tree'), { maxLength: 4 }))
        .map(([name, value, inside]) => `<${name} data-v="${value}">${inside.join('')}</${name}>`),
    ),
  }))
  fc.assert(
    fc.property(tree, (html) => {
      expect(writeHtml(readHtml(html))).toBe(html)
    }),
  )
})

test('what an attribute says is read as a browser reads it', () => {
  const link = [...elementsIn(readHtml(page))].find(({ name }) => name === 'a')
  expect(link?.attributes.get('href')).toBe('/x?a=1&b=2#c')
  expect(link?.attributes.get('title')).toBe('> "')
  fc.assert(
    fc.property(fc.string(), (value) => {
      const [read] = readHtml(`<p title="${escaped(value)}"></p>`)
      expect(typeof read === 'object' && read.attributes.get('title')).toBe(value)
    }),
  )
})

test('what is not understood is refused and never guessed', () => {
  for (const wrong of [
    '<p>',
    '<p></div>',
    '</p>',
    '<p a="x>',
    'a < b',
    '<div/>',
    '<script>x',
    '<b><i></b></i>',
  ])
    expect(() => readHtml(wrong), wrong).toThrow()
})

test('what a rule puts in place of an element is not looked into again', () => {
  const tree = replace(readHtml('<p><b>一</b><i>二</i></p>'), (each) =>
    each.name === 'b' ? [element('i', {}, [each])] : each.name === 'i' ? [] : undefined,
  )
  expect(writeHtml(tree)).toBe('<p><i><b>一</b></i></p>')
})

test('an altered element keeps what it holds and says what it is told, escaped', () => {
  const [form] = readHtml('<form method="POST" class="a"><b>一</b></form>')
  if (typeof form !== 'object') throw new Error('There is no form.')
  const div = altered(form, { method: null, title: '<"&>' }, 'div')
  expect(writeHtml([div])).toBe('<div class="a" title="&lt;&quot;&amp;&gt;"><b>一</b></div>')
  expect(textIn(readHtml('<p>一<!-- 二 --><b>三</b></p>'))).toBe('一三')
})

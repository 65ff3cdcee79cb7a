// What trainers paste from Word and from WeChat, in a real browser: only it reads HTML as a browser does.
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Cleaned } from '#studio/editor/clean-paste.ts'

let page: Page
/** What the policy of our pages would report. */
const reported: string[] = []

const frame = `<!doctype html><meta charset="utf-8">
  <script type="importmap">{"imports":{"#course/":"/src/course/","#studio/":"/src/studio/"}}</script>
  <script type="module">import { cleanPaste } from '#studio/editor/clean-paste.ts'
  window.clean = (html) => cleanPaste(html, (text) => new DOMParser().parseFromString(text, 'text/html'))</script>`

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage()
  page.on('console', (message) => void reported.push(message.text()))
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.startsWith('/src/'))
      return route.fulfill({
        ...{ contentType: 'text/html', body: frame },
        headers: { 'Content-Security-Policy': "style-src 'self'; img-src 'self'" },
      })
    const body = stripTypeScriptTypes(readFileSync(`.${pathname}`, 'utf8'))
    return route.fulfill({ contentType: 'text/javascript', body })
  })
  await page.goto('http://localhost/')
  await page.waitForFunction(() => 'clean' in window)
})
test.afterAll(() => page.close())

/** What is left, without the attributes that the schema does not read. */
async function clean(html: string): Promise<Cleaned> {
  const cleaned = await page.evaluate(
    (given) => (window as unknown as { clean: (html: string) => Cleaned }).clean(given),
    html,
  )
  const bare = cleaned.html
    .replace(/<!--.*?-->/g, '')
    .replace(/\s(?!href=)[\w-]+="[^"]*"/g, '')
    .replace(/<\/?(span|section|div)>/g, '')
  return { ...cleaned, html: bare.replace(/\s+/g, ' ').replace(/> </g, '><').trim() }
}

const point = (level: number, sign: string, words: string) =>
  `<p class=MsoListParagraph style='margin-left:22.0pt;text-indent:-22.0pt;mso-list:l0 level${level} lfo1'>
  <![if !supportLists]><span lang=EN-US style='font-family:Wingdings'><span style='mso-list:Ignore'>${sign}<span
  style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`

const word = (body: string) => `<html xmlns:o="urn:schemas-microsoft-com:office:office"
  xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
  <style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm; font-family:等线} --></style></head>
  <body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->${body}<!--EndFragment--></body></html>`

test('paragraphs of Word come without indents, marks of the office and styles; bold stays', async () => {
  const { html } = await clean(
    word(`<h1><span lang=EN-US>一、</span>怎样议事<o:p></o:p></h1><h5>小处</h5>
    <p class=MsoNormal style='text-indent:24.0pt'><span>　　</span>先说<b>规矩</b>，再说<span style='font-weight:bold'>事</span>。<o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>照办</b></p>`),
  )
  expect(html).toBe(
    '<h2>一、怎样议事</h2><h4>小处</h4><p>先说<b>规矩</b>，再说<strong>事</strong>。</p><p><b>照办</b></p>',
  )
})

test('lists that Word writes as paragraphs are lists, one in another by their level', async () => {
  const { html } = await clean(
    word(
      [
        point(1, '1.', '看条件'),
        point(2, 'a)', '户口'),
        point(2, 'b)', '收入'),
        point(1, '2.', '看程序'),
        '<p class=MsoNormal>另外：</p>',
        point(1, '·', '贴出来'),
        point(1, '（一）', '念一遍'),
      ].join('\n'),
    ),
  )
  expect(html).toBe(
    '<ol><li>看条件<ol><li>户口</li><li>收入</li></ol></li><li>看程序</li></ol>' +
      '<p>另外：</p><ul><li>贴出来</li></ul><ol><li>念一遍</li></ol>',
  )
})

test('a table comes with a head, one line in each cell, and no cell across others', async () => {
  const { html } = await clean(
    word(`<table class=MsoTableGrid border=1><tr style='height:1pt'><td colspan=2><p class=MsoNormal>事项</p></td>
    <td><p class=MsoNormal>期限</p><p class=MsoNormal>工作日</p></td></tr>
    <tr><td rowspan=2>甲</td><td>乙<br>丙</td><td>7</td></tr><tr><td>丁</td><td>5</td></tr></table>`),
  )
  expect(html).toBe(
    '<table><tbody><tr><th>事项</th><th></th><th>期限 工作日</th></tr>' +
      '<tr><td>甲</td><td>乙 丙</td><td>7</td></tr><tr><td></td><td>丁</td><td>5</td></tr></tbody></table>',
  )
})

test('an article of WeChat comes as its words, and its pictures are counted', async () => {
  const { html, pictures } = await clean(`<meta charset='utf-8'>
    <section data-tools="135编辑器" style="font-size:16px" data-role="outer"><section style="text-align:center">
    <p style="margin:0"><img class="rich_pages wxw-img" data-src="https://mmbiz.qpic.cn/a/640?wx_fmt=png" data-w="1080"
      src="data:image/svg+xml,%3Csvg/%3E"></p>
    <p><span style="letter-spacing:1px">　　清风村把账<strong>贴</strong>了出来。</span></p><p><br></p>
    <section style="font-weight:700"><span>三天没有人问</span></section></section>
    <section><img data-src="https://mmbiz.qpic.cn/b/640" data-ratio="0.6" style="visibility:hidden"></section>
    <p><a href="javascript:void(0);" data-linktype="2">点这里</a>，<a href="https://mp.weixin.qq.com/s/x" onclick="alert(1)">原文</a></p>
    <mp-common-profile class="js_wx_tap_highlight"></mp-common-profile><script>alert(1)</script>
    <iframe src="https://v.qq.com/x"></iframe><p style="display:none"><img width="1" height="1" src="https://a.cn/t.gif"></p>
    </section>`)
  expect(pictures).toBe(2)
  expect(
    html
      .replace(/<\/?mp-common-profile>/g, '')
      .replace(/> </g, '><')
      .trim(),
  ).toBe(
    '<p>清风村把账<strong>贴</strong>了出来。</p><strong>三天没有人问</strong>' +
      '<p>点这里，<a href="https://mp.weixin.qq.com/s/x">原文</a></p>',
  )
})

test("Word's own footnotes keep their words; they lead to no place that is not there", async () => {
  const { html } = await clean(
    word(
      `<p class=MsoNormal>见书<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1">[1]</a>。</p>`,
    ),
  )
  expect(html).toBe('<p>见书[1]。</p>')
})

test('what was copied in the editor itself goes as it is, unless a style or picture says that it is of another', async () => {
  const own = '<div class="component" data-name="&quot;Figure&quot;" data-pm-slice="0 0 []"></div>'
  expect(
    await page.evaluate(
      (given) => (window as never as { clean: (html: string) => Cleaned }).clean(given),
      own,
    ),
  ).toEqual({ html: own, pictures: 0 })
  expect((await clean('<p data-pm-slice="0 0 []">甲<img src="https://a.cn/b.png"></p>')).pictures).toBe(1)
})

test('nothing of it reaches the policy of the page', () => expect(reported).toEqual([]))

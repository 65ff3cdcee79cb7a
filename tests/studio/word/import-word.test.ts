import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { canonical } from '#course/canonical.ts'
import { parseTree } from '#course/parse.ts'
import { toHast } from '#course/render.ts'
import { takePicture } from '#studio/picture/take-picture.server.ts'
import { importWord } from '#studio/word/import-word.server.ts'
import { readWord } from '#studio/word/read-word.ts'
import {
  cell,
  drawing,
  heading,
  item,
  lessonTitle,
  link,
  makeLesson,
  makeWordFile,
  noteReference,
  paragraph,
  png,
  run,
  table,
  wordFile,
  type WordParts,
} from '../../support/word-file.ts'

/** Without the thread, which takes its time to start. */
const imported = (parts: WordParts) => readWord(Buffer.from(wordFile(parts)))
const sourceOf = async (...body: string[]) => (await imported({ body })).source
const lostOf = async (parts: WordParts) => (await imported(parts)).lost

describe('what a trainer wrote arrives', () => {
  test('a short lesson comes over whole, and nothing is said to be lost', async () => {
    const { title, source, pictures, lost } = await importWord(await makeLesson())
    expect(title).toBe(lessonTitle)
    expect(lost).toEqual([])
    expect(pictures.map(({ name }) => name)).toEqual(['picture-1.webp'])
    expect(source).toBe(`村里的会议室大家都能用，借用要登记，钥匙要交接。

## 借用之前

借用人到服务台**登记**，写清日期和用途。[^1]

1. 看会议室是否空着
2. 填写登记表
   - 写清人数
3. 领取钥匙

## 借用时间

| 时段 | 谁可以借 |
| - | - |
| 上午 | 村民小组 |
| 下午 | 党员和群众 |

![会议室门口的公告栏，贴着一张登记表](picture-1.webp)

## 归还之后

关好门窗，把钥匙交回服务台，详见[登记说明](https://example.com/register)。

> 用完不登记的，下次先补登记。

[^1]: 登记表由服务台保管，每月底清点一次。
`)
  })

  test('a paper of thirty pages keeps every heading, table, picture and note', async () => {
    const bytes = await makeWordFile({ pages: 30 })
    const began = performance.now()
    const { title, source, pictures, lost } = await importWord(bytes)
    console.log(`30 pages: ${Math.round(performance.now() - began)} ms, ${bytes.length >> 10} KB`)
    expect(title).toBe('村级事务公开怎样做')
    const count = (shape: RegExp) => source.match(shape)?.length
    expect(count(/^#{2,3} /gm)).toBe(20)
    expect(count(/^\| - /gm)).toBe(5)
    expect(count(/^!\[/gm)).toBe(6)
    expect(count(/^\[\^\d+\]: /gm)).toBe(20)
    expect(pictures).toHaveLength(6)
    expect(count(/\p{Script=Han}/gu)).toBeGreaterThan(18_000)
    expect(lost).toEqual([])
  })

  test('the topmost headings become ##, however deep Word has them, and the fourth level is told', async () => {
    const { title, source, lost } = await imported({
      body: [heading(2, '甲'), heading(3, '乙'), heading(5, '丙'), heading(6, '丁'), heading(2, '戊')],
    })
    expect(title).toBeNull()
    expect(source).toBe('## 甲\n\n### 乙\n\n#### 丙\n\n#### 丁\n\n## 戊\n')
    expect(lost).toEqual([expect.objectContaining({ what: '第四级以下的标题', where: '“丁”这一段' })])
  })

  test('one first heading at the top is the title; two of them are sections', async () => {
    expect(await imported({ body: [heading(1, '课名'), heading(2, '甲')] })).toMatchObject({
      title: '课名',
      source: '## 甲\n',
    })
    expect(await imported({ body: [heading(1, '甲'), heading(1, '乙')] })).toMatchObject({
      title: null,
      source: '## 甲\n\n## 乙\n',
    })
  })

  test('a style of the county that rests on a heading is one', async () => {
    expect(
      await sourceOf(paragraph('总则', '<w:pStyle w:val="ab"/>'), paragraph('字'), heading(1, '附则')),
    ).toBe('## 总则\n\n字\n\n## 附则\n')
  })

  test('lists keep their levels, and go on counting after a paragraph', async () => {
    const body = [
      item('甲', 2),
      item('甲一', 2, 1),
      item('乙', 2),
      paragraph('说明'),
      item('丙', 2),
      item('另起一', 3),
      item('点', 1),
    ]
    expect(await sourceOf(...body)).toBe('1. 甲\n   1. 甲一\n2. 乙\n\n说明\n\n3. 丙\n\n1) 另起一\n\n- 点\n')
  })

  test('numbers that are cited stay words: 第十一条 is no eleventh point', async () => {
    const source = await sourceOf(...Array.from({ length: 11 }, (_, at) => item(`内容${at + 1}`, 4)))
    expect(source.split('\n\n').at(0)).toBe('第一条 内容1')
    expect(source.trimEnd().split('\n\n').at(-1)).toBe('第十一条 内容11')
    expect(await sourceOf(item('登记', 5), item('核对', 5))).toBe('（一）登记\n\n（二）核对\n')
  })

  test('bold, italic and struck out words stay so, with their spaces outside', async () => {
    expect(
      await sourceOf(
        paragraph(
          run('先') + run('“登记” ', '<w:b/>') + run('后') + run('借', '<w:i/>') + run('还', '<w:strike/>'),
        ),
      ),
    ).toBe('先**“登记”** 后*借*~~还~~\n')
  })

  test('footnotes and endnotes are numbered together in the order of the text', async () => {
    const { source } = await imported({
      body: [
        paragraph(run('甲') + noteReference(7) + run('乙') + noteReference(2, 'endnote') + noteReference(7)),
      ],
      footnotes: { 7: paragraph(run('注一 ')) + paragraph(run('又一段')), 8: '没人引用' },
      endnotes: { 2: '注二' },
    })
    expect(source).toBe('甲[^1]乙[^2][^1]\n\n[^1]: 注一\n\n    又一段\n\n[^2]: 注二\n')
  })

  test('what looks like Markdown, HTML or a program is words, and drawn as words', async () => {
    const words = [
      '{x}',
      '<b>粗</b>',
      '**星**',
      '[^1]',
      '<Note>提示</Note>',
      'import a from "b"',
      '# 井',
      '1. 一',
    ]
    const source = await sourceOf(...words.map((each) => paragraph(each)))
    expect(source).not.toMatch(/(?<!\\)[{<]/)
    expect(canonical(source, 'x')).toEqual({ type: 'written', source })
    const parsed = parseTree(source, 'x')
    if ('problem' in parsed) throw new Error(parsed.problem.message)
    expect(JSON.stringify(toHast(parsed.tree))).toContain('import a from')
    expect(parsed.tree.children.map(({ type }) => type)).toEqual(words.map(() => 'paragraph'))
  })

  test('an address that was typed ends where the Chinese begins; a mail address is no link', async () => {
    expect(await sourceOf(paragraph('见https://example.com/a，再写信到a@example.com。'))).toBe(
      '见[https://example.com/a](https://example.com/a)，再写信到`a@example.com`。\n',
    )
  })

  test('empty paragraphs, page breaks and indents go, two line breaks part a paragraph, one stays', async () => {
    const line = '<w:r><w:br/></w:r>'
    expect(
      await sourceOf(
        paragraph(''),
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        paragraph('　　'),
        paragraph(run('　　甲') + line + run('乙') + line + line + run('丙　丁')),
      ),
    ).toBe('甲\\\n乙\n\n丙　丁\n')
  })

  test('square metres stay square', async () => {
    const raised = '<w:vertAlign w:val="superscript"/>'
    const { source, lost } = await imported({
      body: [paragraph(run('20m') + run('2', raised) + run('注', raised))],
    })
    expect(source).toBe('20m²注\n')
    expect(lost).toEqual([expect.objectContaining({ what: '上标', mend: expect.stringContaining('“注”') })])
  })

  test('fields, phonetic guides and controls keep their words', async () => {
    const ruby = `<w:r><w:ruby><w:rubyPr/><w:rt>${run('lián')}</w:rt><w:rubyBase>${run('廉')}</w:rubyBase></w:ruby></w:r>`
    const { source, lost } = await imported({
      body: [
        paragraph(`<w:fldSimple w:instr=" SEQ 图 ">${run('3')}</w:fldSimple>${run('号')}${ruby}${run('字')}`),
        `<w:sdt><w:sdtPr/><w:sdtContent>${paragraph('控件里的字')}</w:sdtContent></w:sdt>`,
      ],
    })
    expect(source).toBe('3号廉字\n\n控件里的字\n')
    expect(lost.map(({ what }) => what)).toEqual(['注音', '图表的自动编号'])
  })

  test('a long paragraph is parted at its full stops, a long table gets its header again', async () => {
    const { source, lost } = await imported({
      body: [
        paragraph('一句十个字的话在这里。'.repeat(900)),
        table(Array.from({ length: 200 }, (_, at) => [`第${at}行`, '乙', '丙'])),
      ],
    })
    expect(Math.max(...source.split('\n').map(({ length }) => length))).toBeLessThan(2600)
    expect(source.match(/^\| 第0行/gm)?.length).toBe(2)
    expect(source.match(/^\| 第/gm)?.length).toBe(201)
    expect(lost).toEqual([expect.objectContaining({ what: '很长的表格' })])
  })

  test('a frame around text is text', async () => {
    const { source, lost } = await imported({
      body: [table([[paragraph('框里的话') + paragraph('又一段')]])],
    })
    expect(source).toBe('框里的话\n\n又一段\n')
    expect(lost).toEqual([])
  })
})

describe('pictures', () => {
  test('are named as readers will get them, the same one once, and can be taken', async () => {
    const jpeg = await sharp(await png(9))
      .jpeg()
      .toBuffer()
    const { source, pictures } = await imported({
      body: ['a.png', 'b.jpeg', 'a.png'].map((part) =>
        paragraph(drawing(part, `第几张：${part} 上是一面墙`)),
      ),
      media: { 'a.png': await png(1), 'b.jpeg': jpeg },
    })
    expect(pictures.map(({ name }) => name)).toEqual(['picture-1.webp', 'picture-2.webp'])
    expect(source.match(/picture-1\.webp/g)).toHaveLength(2)
    for (const { name, bytes } of pictures) {
      const { extension } = await takePicture(bytes, name)
      expect(name.endsWith(`.${extension}`)).toBe(true)
    }
  })

  test('one without words for those who do not see it is asked for them', async () => {
    const { source, lost } = await imported({
      body: [paragraph(drawing('a.png', null)), paragraph(drawing('a.png', 'IMG_2031.jpg'))],
      media: { 'a.png': await png(1) },
    })
    expect(source).toBe('![图片 1](picture-1.webp)\n\n![图片 2](picture-1.webp)\n')
    expect(lost.map(({ what }) => what)).toEqual([
      '图片 1 没有说明',
      '图片 2 没有说明（文档里写的是“IMG_2031.jpg”）',
    ])
  })

  test('what no reader can be shown is told by its content, whatever it is called', async () => {
    const emf = Buffer.alloc(60)
    emf[0] = 1
    emf.write(' EMF', 40, 'latin1')
    const { source, pictures, lost } = await imported({
      body: [
        paragraph(run('前') + drawing('a.png', '流程图') + run('后')),
        paragraph(drawing('b.png', null)),
      ],
      media: { 'a.png': emf, 'b.png': strToU8('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>') },
    })
    expect(source).toBe('前后\n')
    expect(pictures).toEqual([])
    expect(lost).toMatchObject([
      {
        what: '图片（EMF 矢量图，说明是“流程图”）',
        where: '“前后”这一段',
        mend: expect.stringContaining('PNG'),
      },
      { what: '图片（SVG 矢量图）', where: '“前后”的后面' },
    ])
  })

  test('none is fetched from outside the document', async () => {
    const outside = drawing('a.png', '外面').replace('r:embed="rIdImagea_png"', 'r:link="rIdOut"')
    const escaping = drawing('a.png', '上面').replace('rIdImagea_png', 'rIdUp')
    const { source, lost } = await imported({
      body: [paragraph(run('字') + outside + escaping)],
      links: { rIdOut: 'http://127.0.0.1:9/x.png', rIdUp: '../../../etc/passwd' },
    })
    expect(source).toBe('字\n')
    expect(lost.map(({ what }) => what)).toEqual([
      '图片（链接到别处的图片，说明是“外面”）',
      '图片（链接到别处的图片，说明是“上面”）',
    ])
  })
})

describe('what cannot be kept is told, with what to do', () => {
  const box = (words: string) => `<w:txbxContent>${paragraph(words)}</w:txbxContent>`
  const shape = 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'
  const graphic = (uri: string, inside: string) =>
    `<w:drawing><wp:anchor><wp:docPr id="9" name="x"/><a:graphic><a:graphicData uri="${uri}">${inside}</a:graphicData></a:graphic></wp:anchor></w:drawing>`

  test('a text box: its words come behind its paragraph', async () => {
    const choice = graphic(shape, `<wps:wsp><wps:txbx>${box('框中字')}</wps:txbx></wps:wsp>`)
    const fallback = `<w:pict><v:shape><v:textbox>${box('框中字')}</v:textbox></v:shape></w:pict>`
    const both = `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`
    const { source, lost } = await imported({ body: [paragraph(run('前') + both + run('后'))] })
    expect(source).toBe('前后\n\n框中字\n')
    expect(lost).toMatchObject([{ what: '文本框“框中字”', where: '“前后”这一段' }])
  })

  test('a text box that only newer programs read: its words are told to be missing', async () => {
    const choice = graphic(shape, `<wps:wsp><wps:txbx>${box('只在新版里')}</wps:txbx></wps:wsp>`)
    const only = `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${choice}</mc:Choice></mc:AlternateContent></w:r>`
    expect((await lostOf({ body: [paragraph(run('前') + only)] })).map(({ what }) => what)).toContain(
      '没有带来的文本框文字“只在新版里”',
    )
  })

  test('comments with their words, changes as accepted, hidden words', async () => {
    const { source, lost } = await imported({
      body: [
        paragraph(`${run('正文')}<w:r><w:commentReference w:id="1"/></w:r>`),
        paragraph(
          `${run('改')}<w:ins w:id="2" w:author="a">${run('后')}</w:ins><w:del w:id="3" w:author="a"><w:r><w:delText>前</w:delText></w:r></w:del>`,
        ),
        paragraph(run('看') + run('不见', '<w:vanish/>')),
      ],
      comments: { 1: '出处在哪里？' },
    })
    expect(source).toBe('正文\n\n改后\n\n看不见\n')
    expect(lost).toMatchObject([
      { what: '老王的批注“出处在哪里？”', where: '“正文”这一段' },
      { what: '修订', where: '“改后”这一段' },
      { what: '隐藏文字', where: '“看不见”这一段' },
    ])
  })

  test('formulas, charts, drawings and embedded objects', async () => {
    const chart = graphic('http://schemas.openxmlformats.org/drawingml/2006/chart', '<c:chart r:id="x"/>')
    const lost = await lostOf({
      body: [
        paragraph(`<w:r><w:t>因为</w:t></w:r><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`),
        paragraph(run('见图') + `<w:r>${chart}</w:r>`),
        paragraph(run('附表') + '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        paragraph(run('箭头') + `<w:r>${graphic(shape, '<wps:wsp/>')}</w:r>`),
      ],
    })
    expect(lost).toMatchObject([
      { what: '公式“a+b”', where: '“因为”这一段' },
      { what: '图表', where: '“见图”这一段' },
      { what: '嵌入的对象（Excel.Sheet.12）', where: '“附表”这一段' },
      { what: '图形', where: '“箭头”这一段' },
    ])
    expect(lost.every(({ mend }) => mend.length > 5)).toBe(true)
  })

  test('merged cells keep their words in the first, tables in tables become words', async () => {
    const { source, lost } = await imported({
      body: [
        table([
          [cell('甲', '<w:gridSpan w:val="2"/>'), '乙'],
          [cell('丙', '<w:vMerge w:val="restart"/>'), '丁', table([['内', '里']]) + paragraph('')],
          [cell('<w:p/>', '<w:vMerge/>'), '戊', '己'],
        ]),
      ],
    })
    expect(source).toBe('| 甲 | | 乙 |\n| - | - | - |\n| 丙 | 丁 | 内 里 |\n| | 戊 | 己 |\n')
    expect(lost.map(({ what }) => what)).toEqual(['合并的单元格', '表格里的表格', '一格里的几段文字'])
  })

  test('a span of a thousand million columns is no reason to stop', async () => {
    const rows = [
      [cell('甲', '<w:gridSpan w:val="1000000000"/>'), '乙'],
      ['丙', '丁'],
    ]
    expect((await imported({ body: [table(rows)] })).source).toContain('甲')
  })

  test('links that lead nowhere safe become words', async () => {
    const { source, lost } = await imported({
      body: [paragraph(link('rIdJs', '点我') + link('rIdMail', '写信') + link('rIdFile', '文件'))],
      links: {
        rIdJs: 'javascript:alert(1)',
        rIdMail: 'mailto:a@example.com?subject=x',
        rIdFile: 'file:///C:/a',
      },
    })
    expect(source).toBe('点我写信（`a@example.com`）文件\n')
    expect(lost.map(({ what }) => what)).toEqual([
      '链接“点我”→ javascript:alert(1)',
      '链接“文件”→ file:///C:/a',
    ])
  })

  test('a bold line is asked about, never made a heading', async () => {
    const { source, lost } = await imported({
      body: [
        paragraph(run('怎样登记', '<w:b/>')),
        paragraph('一、总的要求'),
        paragraph(run('粗。', '<w:b/>')),
      ],
    })
    expect(source).toBe('**怎样登记**\n\n一、总的要求\n\n**粗。**\n')
    expect(lost.map(({ where }) => where)).toEqual(['“怎样登记”这一段', '“一、总的要求”这一段'])
  })

  test('looks are told once, contents need nothing, headers are named', async () => {
    const red = run('红', '<w:color w:val="FF0000"/>')
    const lost = await lostOf({
      body: [paragraph('总则 1', '<w:pStyle w:val="TOC1"/>'), paragraph(red), paragraph(red)],
      parts: {
        'word/header1.xml':
          '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>',
      },
    })
    expect(lost.map(({ what }) => what)).toEqual([
      '目录',
      '颜色、字体、字号、下划线等样子',
      '页眉页脚“内部资料”',
    ])
  })

  test('of a hundred comments a dozen are told and the others counted', async () => {
    const body = Array.from({ length: 100 }, (_, at) =>
      paragraph(`${run(`第${at}段`)}<w:r><w:commentReference w:id="1"/></w:r>`),
    )
    const lost = await lostOf({ body, comments: { 1: '好' } })
    expect(lost).toHaveLength(13)
    expect(lost.at(-1)).toMatchObject({ what: '批注', where: '其余88处' })
  })
})

describe('a file that may not be read is refused in words', () => {
  const refused = (bytes: Uint8Array) =>
    importWord(bytes).then(
      () => null,
      (error: unknown) => error,
    )
  const one = paragraph('字')

  test.each<[string, () => Uint8Array, RegExp]>([
    ['no file at all', () => new Uint8Array(), /文件是空的/],
    ['an old .doc', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /旧格式/],
    ['a picture with another name', () => strToU8('\x89PNG'), /不是Word文档/],
    ['more than 20 MB', () => new Uint8Array(21 * 1024 * 1024), /超过20 MB/],
    ['half a file', () => wordFile({ body: [one] }).slice(0, 900), /坏了/],
    ['a ZIP of something else', () => zipSync({ 'a.xml': strToU8('<a/>') }), /不是能读的Word文档/],
    [
      'a text in place of XML',
      () => wordFile({ body: [one], parts: { 'word/document.xml': 'x' } }),
      /XML坏了/,
    ],
    [
      'a document type with entities',
      () =>
        wordFile({ body: [one], parts: { 'word/styles.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } }),
      /DTD/,
    ],
    [
      'a name that leads out',
      () => wordFile({ body: [one], parts: { '../../etc/x.xml': '<a/>' } }),
      /不正常的文件名/,
    ],
    ['a name from a root', () => wordFile({ body: [one], parts: { 'C:\\x.xml': '<a/>' } }), /不正常的文件名/],
    [
      'thousands of parts',
      () =>
        wordFile({
          body: [one],
          parts: Object.fromEntries(Array.from({ length: 1100 }, (_, at) => [`p${at}.xml`, '<a/>'])),
        }),
      /内容太多/,
    ],
    [
      'more pictures than a lesson has',
      () =>
        wordFile({
          body: [one],
          media: Object.fromEntries(
            Array.from({ length: 61 }, (_, at) => [`${at}.png`, new Uint8Array([at])]),
          ),
        }),
      /61张图片/,
    ],
    [
      'pictures that unpack to 120 MB',
      () =>
        wordFile({
          body: [one],
          media: { 'a.png': new Uint8Array(60_000_000), 'b.png': new Uint8Array(60_000_000) },
        }),
      /内容太多/,
    ],
    [
      'XML that unpacks to 120 MB',
      () => wordFile({ body: [one], parts: { 'word/comments.xml': new Uint8Array(120_000_000).fill(32) } }),
      /内容太多/,
    ],
    [
      'ten thousand nested tables',
      () =>
        wordFile({ body: ['<w:tbl><w:tr><w:tc>'.repeat(10_000) + '</w:tc></w:tr></w:tbl>'.repeat(10_000)] }),
      /太深/,
    ],
    [
      'more text than a lesson has',
      () =>
        wordFile({ body: Array.from({ length: 3000 }, () => paragraph('一句十个字的话在这里。'.repeat(4))) }),
      /放不进一课/,
    ],
  ])('%s', async (_, bytes, message) => {
    const error = await refused(bytes())
    expect(error).toMatchObject({ name: 'UnreadableFile', message: expect.stringMatching(message) })
    expect((error as { hint: string }).hint).not.toBe('')
  })

  test('one that takes too long is given up', async () => {
    const bytes = await makeWordFile({ pages: 30 })
    await expect(importWord(bytes, { milliseconds: 1 })).rejects.toThrow('没有读完')
  })
})

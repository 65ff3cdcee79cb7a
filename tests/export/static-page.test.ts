// What becomes of each part of a page. The pages are small, but made of what our layouts write.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Exhibition, Here } from '#export/here.ts'
import { searchPage } from '#export/search-page.ts'
import type { LessonParts } from '#export/static-lesson.ts'
import { readPage, staticPage } from '#export/static-page.ts'
import { publicHalf } from '#quiz/public-half.ts'
import { items } from '../quiz/samples.ts'

const exhibition: Exhibition = {
  name: '廉学',
  origin: 'http://localhost:4321',
  site: null,
  on: '2026-01-09',
  addresses: new Set(['/', '/courses', '/stories', '/stories/hepu', '/channels', '/search', '/courses/a/b']),
}
const story: Here = { ...exhibition, address: '/stories/hepu', look: 'standard' }
const withSite = { ...story, site: 'https://lianxue.example.gov.cn' }

const foot =
  '<footer class="foot"><details class="feedback"><summary>说说这一页</summary><form method="POST" action="/feedback"><textarea name="text"></textarea></form></details></footer>'
const around = (main: string, head = '') =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>珍珠｜廉学</title>${head}</head><body><main>${main}</main>${foot}</body></html>`

const made = (main: string, here: Here = story, lesson?: LessonParts, head?: string) =>
  staticPage(readPage(around(main, head), here.address), here, lesson)
const mainOf = (main: string, here: Here = story, lesson?: LessonParts) =>
  /<main>(.*)<\/main>/s.exec(made(main, here, lesson).html)?.[1]

describe('links', () => {
  test('pages and files of the site are reached from where the page stands', () => {
    expect(mainOf('<a href="/stories#winter">故事</a><img src="/media/ab.svg" alt="">')).toBe(
      '<a href="../index.html#winter">故事</a><img src="../../media/ab.svg" alt="">',
    )
    expect(mainOf('<a href="/stories">故事</a>', { ...story, look: 'elder' })).toContain(
      'href="../index.html"',
    )
    expect(mainOf('<img src="/media/ab.svg" alt="">', { ...story, look: 'largest' })).toContain(
      'src="../../../../media/ab.svg"',
    )
  })

  test('the page says which files it needs', () => {
    const head = '<link rel="stylesheet" href="/_astro/Page.a1.css"><link rel="icon" href="/favicon.svg">'
    const { assets } = made(
      '<img src="/media/ab.svg"><button data-reader="/_astro/r.js">读</button>',
      story,
      undefined,
      head,
    )
    expect(assets).toEqual(['assets/Page.a1.css', 'favicon.svg', 'media/ab.svg', 'assets/r.js'])
  })

  test('a link to what only the site has leaves its words in a sentence, and goes where it stands alone', () => {
    expect(mainOf('<p>先在<a href="/me/record">我的学习记录</a>里找。</p>')).toBe(
      '<p>先在我的学习记录里找。</p>',
    )
    expect(mainOf('<p class="acts onward"><a class="line-link" href="/me">看我的学时</a></p>')).toBe('')
    expect(mainOf('<p>一</p><a class="btn" href="/me">去我的学习</a>')).toBe(
      '<p>一</p><span class="note">这要在网站上做。</span>',
    )
  })

  test('if the site is named, such links lead there', () => {
    expect(mainOf('<a href="/me/record">我的学习记录</a>', withSite)).toBe(
      '<a href="https://lianxue.example.gov.cn/me/record">我的学习记录</a>',
    )
  })

  test('the main menu has no entry that leads nowhere', () => {
    const menu = '<nav class="nav"><a href="/">展厅</a><a href="/me">我的</a></nav>'
    expect(mainOf(menu)).toBe('<nav class="nav"><a href="../../index.html">展厅</a></nav>')
    expect(mainOf(menu, withSite)).toContain('href="https://lianxue.example.gov.cn/me"')
  })

  test('sources elsewhere stay as they are', () => {
    const source = '<a href="https://www.example.org/1" rel="noreferrer">原文</a>'
    expect(mainOf(source)).toBe(source)
  })
})

describe('forms', () => {
  const tools =
    '<form class="tools" method="POST" action="/looks"><input type="hidden" name="back" value="/"><a class="plain" href="/search">搜索</a><button class="plain" name="set" value="elder">长辈版</button><button class="plain to-dark" name="set" value="dark">深色</button></form>'

  test('长辈版 is a link to the same page in that look; light and dark follow the system', () => {
    expect(mainOf(tools)).toBe(
      '<div class="tools"><a class="plain" href="../../search/index.html">搜索</a><a class="plain" href="../../elder/stories/hepu/index.html">长辈版</a></div>',
    )
    const larger =
      '<form action="/looks"><button name="set" value="max">字再大些</button><button name="set" value="standard">标准版</button></form>'
    expect(mainOf(larger, { ...story, look: 'elder' })).toBe(
      '<div><a href="../../largest/stories/hepu/index.html">字再大些</a><a href="../../../stories/hepu/index.html">标准版</a></div>',
    )
  })

  test('the search form asks the search page of the export', () => {
    expect(mainOf('<form method="GET" action="/search"><input name="q"></form>')).toBe(
      '<form method="GET" action="../../search/index.html"><input name="q"></form>',
    )
  })

  test('any other form says where it can be done', () => {
    expect(mainOf('<form method="POST" action="/slip"><input name="code"></form>')).toBe(
      '<p class="note">这要在网站上做。</p>',
    )
  })

  test('in place of feedback stands what this page is, from when, and that the site decides', () => {
    const { html } = made('')
    expect(html).toContain('导出日：2026年1月9日。来自：廉学（http://localhost:4321）。')
    expect(html).toContain('撤展以网站为准')
    expect(html).not.toMatch(/feedback|POST|textarea/)
    expect(made('', withSite).html).toContain('<a href="https://lianxue.example.gov.cn">')
    expect(() => staticPage(readPage('<p>没有页脚</p>', '/x'), story)).toThrow(/no foot/)
  })
})

describe('lessons', () => {
  const lesson: LessonParts = {
    sections: [
      { id: 'lead', title: '', text: '引子' },
      { id: 's1', title: '第一节', text: '正文' },
    ],
    questions: new Map(items.map((item) => [item.id, publicHalf(item)])),
  }
  const here = { ...story, address: '/courses/a/b' }
  const island = (item: string) =>
    `<astro-island props="{}" opts="{}"><form class="ask s-1" id="${item}" method="POST"><input name="choice"></form></astro-island>`

  test.each(items)(
    'a $kind question can be read and not answered, and shows nothing of its answer',
    ({ id }) => {
      const html = mainOf(island(id), here, lesson) ?? ''
      expect(html).toContain(`<section class="think" id="${id}"`)
      expect(html).toContain('想一想')
      expect(html).not.toMatch(/<(?:input|select|textarea|button|form|astro-island)|密/)
    },
  )

  test('where the progress stood, the sections are listed, and what only the site can do', () => {
    const rail = mainOf(
      '<aside class="rail" aria-label="学习进度"><astro-island></astro-island></aside>',
      here,
      lesson,
    )
    expect(rail).toContain('<a class="line-link" href="#s1">第一节</a>')
    expect(rail).toContain(`${items.length}道检查题要在网站上答`)
    expect(rail).not.toContain('lead')
  })

  test('an island that nobody has decided about says so and takes its scripts with it', () => {
    const html = mainOf(
      '<style>a{}</style><script>run()</script><astro-island opts="{}"><b>动的</b></astro-island>',
    )
    expect(html).toBe('<p class="note">这要在网站上做。</p>')
  })
})

describe('scripts and policy', () => {
  const waiting = 'b.onclick=function(){import(b.dataset.reader)}'
  const hash = (text: string) => createHash('sha256').update(text).digest('base64')

  test('读给我听 still waits in the page, and loads in a way that a folder of one’s own allows', () => {
    const { html } = made(`<button data-reader="/_astro/r.js">读给我听</button><script>${waiting}</script>`)
    const script = /<script>(.*)<\/script>/.exec(html)?.[1] ?? ''
    expect(html).toContain('data-reader="../../assets/r.js"')
    expect(script).not.toContain('import(')
    expect(html).toContain(`script-src 'self' 'sha256-${hash(script)}'`)
  })

  test('a page without scripts may run none, and no page may ask anybody', () => {
    const { html } = made('<p>一</p>')
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/script-src|connect-src/)
  })

  test('a page that is not as our layouts write it is refused', () => {
    expect(() => readPage('<p>一', '/x')).toThrow()
  })
})

describe('the search page', () => {
  test('has the frame of any page, a form that asks itself, and a way on for who cannot search', () => {
    const here: Here = { ...exhibition, address: '/search', look: 'elder' }
    const { html } = staticPage(searchPage(readPage(around('<p>正式渠道</p>'), '/channels'), 'elder'), here)
    expect(html).toContain('<title>搜索｜廉学</title>')
    expect(html).toContain('action="./index.html"')
    expect(html).toContain('src="../../search/find.js"')
    expect(html).toContain("connect-src 'self'")
    expect(html).not.toContain('正式渠道')
    expect(/<noscript>(.*)<\/noscript>/.exec(html)?.[1]).toContain('href="../courses/index.html"')
  })
})

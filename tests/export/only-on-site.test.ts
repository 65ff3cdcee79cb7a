import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Here } from '#export/here.ts'
import { readHtml, writeHtml } from '#export/html.ts'
import { inOwnWords, saidOtherwise } from '#export/only-on-site.ts'

const here: Here = {
  name: '廉学',
  origin: 'http://localhost:4321',
  site: null,
  on: '2026-11-26',
  addresses: new Set(['/', '/help']),
  address: '/',
  look: 'standard',
}
const said = (html: string, page: Partial<Here> = {}) =>
  writeHtml(inOwnWords(readHtml(html), { ...here, ...page }))

test('the first page does not promise that anything is recorded here', () => {
  expect(said('<span class="note">约12分钟，学完并通过检查题后记入学时</span>')).toBe(
    '<span class="note">约12分钟。这里只能读，学时要在网站上学才记</span>',
  )
  expect(said('<p>学到第几节、今年还差多少学时，登录后在“我的”里看。</p>')).toContain('只有网站记着')
  expect(said('<a class="btn" href="/me">去我的学习</a>')).toContain('>去网站看我的学习<')
  expect(said('<meta name="description" content="学习：读一课，答几题，看见自己会做什么。">')).toBe(
    '<meta name="description" content="学习：可以读，可以听，可以查。">',
  )
})

test('pages about the site begin with saying that this is not the site', () => {
  const prose = '<div class="prose"><h2>十步走一遍</h2></div>'
  expect(said(prose, { address: '/help' })).toMatch(/^<div class="prose"><p class="say">这一页说的是网站。/)
  expect(said(prose, { address: '/help', site: 'https://lianxue.example.gov.cn' })).toContain(
    '<a href="https://lianxue.example.gov.cn/help">去网站上这一页</a>',
  )
  expect(said(prose)).toBe(prose)
})

test('every sentence that the export says otherwise still stands on a page of the site', () => {
  const pages = join(import.meta.dirname, '../../src/pages')
  const names = readdirSync(pages, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.astro'))
  const all = names.map((name) => readFileSync(join(pages, name), 'utf8')).join('\n')
  for (const sentence of Object.keys(saidOtherwise)) expect(all).toContain(sentence)
})

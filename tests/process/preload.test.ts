import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { preloader } from '#process/preload.server.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-client-'))
  mkdirSync(join(folder, '_astro'))
  const files = {
    'Study.A1.js':
      'import{a as b}from"./runtime.B2.js";import"./extra.C3.js";const x=()=>import("./later.D4.js");export{x}',
    'runtime.B2.js': 'import { s } from "./deep.E5.js";export{s as a}',
    'extra.C3.js': "export*from'./runtime.B2.js'",
    'deep.E5.js': 'import"./Study.A1.js";export const s=1',
    'client.svelte.F6.js': 'import{m}from"./runtime.B2.js"',
    'later.D4.js': '',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, '_astro', name), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

const linksOf = (html: string) =>
  [...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map((match) => match[1])

test('a page with an island names all that the island will import, once each, and nothing that comes later', async () => {
  const island =
    '<astro-island component-url="/_astro/Study.A1.js" component-export="default" renderer-url="/_astro/client.svelte.F6.js" props="{}">'
  const page = await preloader(folder)(
    `<html><head><title>x</title></head><body>${island}${island}</body></html>`,
  )
  expect(linksOf(page)).toEqual([
    '/_astro/Study.A1.js',
    '/_astro/runtime.B2.js',
    '/_astro/deep.E5.js',
    '/_astro/extra.C3.js',
    '/_astro/client.svelte.F6.js',
  ])
  expect(page.indexOf('modulepreload')).toBeLessThan(page.indexOf('</head>'))
})

test('a script that the page starts itself is not named again, only what it imports', async () => {
  const page = await preloader(folder)(
    '<head></head><script type="module" src="/_astro/Study.A1.js"></script>',
  )
  expect(linksOf(page)).not.toContain('/_astro/Study.A1.js')
  expect(linksOf(page)).toContain('/_astro/runtime.B2.js')
})

test('a page without islands stays as it is', async () => {
  expect(await preloader(folder)('<head></head>廉')).toBe('<head></head>廉')
})

test('an island that does not exist breaks nothing', async () => {
  const page = await preloader(folder)('<head></head><astro-island component-url="/_astro/gone.js">')
  expect(linksOf(page)).toEqual(['/_astro/gone.js'])
})

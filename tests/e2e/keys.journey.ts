// Before the answer, no key, reason or accepted wording of any question is anywhere that a browser can get.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { inside } from './naughty.ts'
import { itemsIn, signIn } from './study.ts'

const root = join(import.meta.dirname, '..', '..')
const course = join(root, 'content', 'courses', '01-jiafeng-jiaxun')
const sourceOf = (folder: string) => readFileSync(join(course, folder, 'index.mdx'), 'utf8')
const lessons = readdirSync(course)
  .filter((name) => /^\d/.test(name))
  .map((folder) => ({
    id: /^id: (\S+)$/m.exec(sourceOf(folder))?.[1] ?? '',
    address: `/courses/jiafeng-jiaxun/${folder.slice(3)}`,
    items: itemsIn('01-jiafeng-jiaxun', folder),
    text: sourceOf(folder),
  }))
const items = lessons.flatMap((lesson) => lesson.items)
const lessonTexts = lessons.map(({ text }) => text).join('\n')

/** Clauses of the reasons that stand in no lesson: each of them betrays one. */
const clauses = items
  .flatMap(({ rationale }) => rationale.split(/[，。；：？！]/))
  .filter((clause) => clause.length >= 8 && !lessonTexts.includes(clause))

const asEntities = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const asAscii = (text: string) =>
  [...text]
    .map((sign) => (sign > '\x7f' ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : sign))
    .join('')

/** The clauses that a text gives away, in whatever way it is written. */
const leaksIn = (text: string) =>
  clauses.filter((clause) =>
    [clause, asEntities(clause), inside(clause), asAscii(clause)].some((form) => text.includes(form)),
  )

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const textOf = async (page: Page, address: string) => (await page.request.get(site.origin + address)).text()
const headers = () => ({ origin: site.origin })

async function enter(page: Page) {
  await signIn(page, site, 'reviewer', 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
}

test('what the build made for browsers holds nothing of any question', () => {
  expect(items.length).toBeGreaterThan(20)
  expect(clauses.length).toBeGreaterThan(items.length)
  const client = join(root, 'dist', 'client')
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' })
  const readable = files.filter((name) => /\.(js|mjs|json|map|css|html|svg|txt)$/.test(name))
  expect(readable.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(3)
  const told = readable.filter((name) => {
    const text = readFileSync(join(client, name), 'utf8')
    return leaksIn(text).length > 0 || items.some(({ id, stem }) => text.includes(id) || text.includes(stem))
  })
  expect(told).toEqual([])
})

test('no page, file or reply says a reason before the answer, and the answer does', async ({ page }) => {
  await enter(page)
  const open = [
    '/',
    '/courses',
    '/courses/jiafeng-jiaxun',
    '/help',
    '/privacy',
    '/accessibility',
    '/channels',
    '/feedback',
    '/sign-in',
    '/slip',
  ]
  const own = [
    '/me',
    '/me?indicator=conflict-of-interest',
    '/me/record',
    '/me/receipts.json',
    '/account',
    '/account/export',
  ]
  for (const address of [...open, ...own, ...lessons.map((lesson) => lesson.address)])
    expect({ address, leaks: leaksIn(await textOf(page, address)) }).toEqual({ address, leaks: [] })

  for (const lesson of lessons) {
    for (const item of lesson.items) {
      // An answer with nothing in it is not one.
      const empty = { multipart: { lesson: lesson.id, item: item.id }, headers: headers() }
      const reply = await page.request.post(`${site.origin}/_actions/answer`, empty)
      expect({ status: reply.status(), leaks: leaksIn(await reply.text()) }).toEqual({
        status: 200,
        leaks: [],
      })
    }
    const asked = { data: { lesson: lesson.id }, headers: headers() }
    const state = await page.request.post(`${site.origin}/study/state`, asked)
    const known = [
      'completedAt',
      'minutes',
      'missing',
      'neededSeconds',
      'owner',
      'passed',
      'seconds',
      'sections',
      'segment',
    ]
    expect(Object.keys((await state.json()) as object).sort()).toEqual(known)
  }

  // The net does catch: one true answer, and the reason stands in the reply.
  const [lesson] = lessons
  const single = lesson?.items.find(({ kind }) => kind === 'single')
  const answer = { lesson: lesson?.id ?? '', item: single?.id ?? '', choice: 'a' }
  const reply = await page.request.post(`${site.origin}/_actions/answer`, {
    multipart: answer,
    headers: headers(),
  })
  expect(leaksIn(await reply.text()).length).toBeGreaterThan(0)
})

test('what an island is given holds the question and nothing of its answer', async ({ page }) => {
  await enter(page)
  for (const { address, items } of lessons) {
    const studied = page.waitForResponse(/\/study\/open$/)
    await page.goto(site.origin + address)
    expect(leaksIn(await (await studied).text())).toEqual([])
    const islands = await page.locator('astro-island').all()
    const props = await Promise.all(islands.map(async (island) => (await island.getAttribute('props')) ?? ''))
    expect(props.length).toBe(items.length + 1)
    for (const given of props)
      expect(given).not.toMatch(/"(key|accept|rationale|passage|difficulty|guessing|indicator)"/)
    for (const item of items) {
      if (item.kind !== 'fill-in') continue
      const block =
        props.find((given) => given.includes(`"question"`) && given.includes(item.id)) +
        ((await page.locator(`form#${item.id}`).textContent()) ?? '')
      for (const wording of item.key.accept) expect(block).not.toContain(wording)
    }
  }
})

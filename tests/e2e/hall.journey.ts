// A village hall has one address for everybody in it: thirty people sign in at once and each comes in in turn, while
// guessing one account's password stops after ten tries.
import { expect, request, test, type APIRequestContext } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { signIn } from './study.ts'

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

/** The form of /sign-in as a browser sends it; does not follow where it leads. */
const enter = (browser: APIRequestContext, number: string, password = 'lianxue-demo') =>
  browser.post('/sign-in?_action=signIn', {
    form: { number, password },
    maxRedirects: 0,
    headers: { origin: site.origin },
  })

/** What the waiting page of the sign-in does: looks again until it is this browser's turn. @returns where it leads. */
async function waitedThrough(
  browser: APIRequestContext,
  to: string | undefined,
): Promise<string | undefined> {
  if (to !== '/sign-in/wait') return to
  await new Promise((resolve) => setTimeout(resolve, 500))
  const looked = await browser.get(to, { maxRedirects: 0 })
  if (looked.status() === 200) expect(await looked.text()).toMatch(/前面还有\d+人，大约\d+秒|轮到你了/)
  return waitedThrough(browser, looked.headers()['location'] ?? to)
}

const aBrowser = () => request.newContext({ baseURL: site.origin })

async function numbersOfPeople(): Promise<string[]> {
  const admin = await aBrowser()
  await enter(admin, 'admin')
  const lists = await Promise.all(
    [1, 2, 3].map(async (page) => (await admin.get(`/admin/people?state=open&page=${page}`)).text()),
  )
  await admin.dispose()
  return [...new Set(lists.flatMap((list) => list.match(/\bQX\d+\b/g) ?? []))]
}

test('thirty learners of one hall sign in at once, and each has their own page', async () => {
  const numbers = (await numbersOfPeople()).slice(0, 30)
  expect(numbers).toHaveLength(30)
  const began = performance.now()
  const answers = await Promise.all(
    numbers.map(async (number) => {
      const browser = await aBrowser()
      const entered = await enter(browser, number)
      const to = await waitedThrough(browser, entered.headers()['location'])
      const own = await browser.get('/me')
      const name = /<p class="soft"[^>]*>\s*(\S+)/.exec(await own.text())?.[1]
      await browser.dispose()
      return { entered: entered.status(), to, own: own.status(), name }
    }),
  )
  expect(performance.now() - began).toBeLessThan(60_000)
  for (const answer of answers) expect(answer).toMatchObject({ entered: 303, to: '/me', own: 200 })
  expect(new Set(answers.map(({ name }) => name)).size).toBeGreaterThan(25)
})

test('ten wrong passwords lock that account alone, and say until when and what helps', async ({ page }) => {
  const [guessed = '', neighbour = ''] = (await numbersOfPeople()).slice(30)
  const machine = await aBrowser()
  for (let i = 0; i < 10; i++) expect((await enter(machine, guessed, `wrong-${i}`)).status()).toBe(400)
  expect((await enter(machine, guessed)).status()).toBe(429)
  await machine.dispose()
  await signIn(page, site, guessed, 'lianxue-demo')
  await expect(
    page.getByText(/密码错了太多次。请在\d\d:\d\d以后再试。着急的话，请管理员打印一张口令条/),
  ).toBeVisible()
  await signIn(page, site, neighbour, 'lianxue-demo')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的学习')
  await page.context().clearCookies()
  await site.advance(16 * 60_000)
  await signIn(page, site, guessed, 'lianxue-demo')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的学习')
})

// An objection from the learner's two clicks to the officer's answer and what follows from it: a wrong grade is put
// right, refused time is given back.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { v7 } from 'uuid'
import { startSite, type Site } from '../support/site.ts'
import { itemsIn, signIn } from './study.ts'

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const lesson = '/courses/jiafeng-jiaxun/liuchixiang'
const items = itemsIn('01-jiafeng-jiaxun', '05-liuchixiang')

/** A browser of its own in which somebody is signed in. */
async function enter(browser: Browser, who: string, script = true): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script })
  const page = await context.newPage()
  await signIn(page, site, who, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

/** The officer finds the objection that says so, and answers it. */
async function uphold(officer: Page, of: string, answer: string) {
  await officer.goto(`${site.origin}/people`)
  await officer.getByRole('link', { name: /^异议（\d+条待答复）$/ }).click()
  const open = officer.getByRole('region', { name: '等待答复' }).locator('li', { hasText: of })
  await open.getByLabel('成立', { exact: true }).check()
  await open.getByLabel('答复，本人会看到').fill(answer)
  await open.getByRole('button', { name: /^答复/ }).click()
  await expect(officer.getByText('已经答复，本人会在学习记录里看到。')).toBeVisible()
  await expect(officer.getByRole('region', { name: '已经答复' })).toContainText(answer)
}

/** The page of the lesson says so many checks are still to be answered rightly. */
async function expectLeft(page: Page, checks: number) {
  await page.goto(site.origin + lesson)
  await expect(page.getByText(`还有${checks}道检查题没答对`).first()).toBeVisible()
}

test('a wrong grade: two clicks, an officer upholds it, and the item is passed', async ({ browser }) => {
  const learner = await enter(browser, 'learner')
  const item = items.find(({ kind }) => kind === 'single')
  if (item?.kind !== 'single') throw new Error('The lesson asks no single choice.')
  await learner.goto(site.origin + lesson)
  const form = learner.locator(`form#${item.id}`)
  await form.scrollIntoViewIfNeeded()
  await learner.waitForFunction(
    (id) => !document.getElementById(id)?.closest('astro-island')?.hasAttribute('ssr'),
    item.id,
  )
  await site.advance(60_000)
  const other = item.options.find(({ id }) => id !== item.key)
  await form.locator(`input[name=choice][value="${other?.id}"]`).check()
  await form.getByRole('button', { name: '提交答案' }).click()
  await expect(form.getByText('还差一步').first()).toBeVisible()

  await form.getByRole('link', { name: '觉得判错了？提出异议' }).click()
  const objection = learner.getByRole('region', { name: '对这一条的异议' })
  await expect(objection).toContainText(other?.text ?? '')
  await expect(objection.getByRole('radio').first()).toBeChecked()
  await objection.getByRole('button', { name: '提出异议' }).click()
  await expect(learner.getByText('异议已经收到，答复会写在这里。')).toBeVisible()
  const own = learner.getByRole('region', { name: '我的异议' }).getByRole('listitem').first()
  await expect(own).toContainText(item.stem)
  await expect(own).toContainText('等待答复')
  await expectLeft(learner, items.length)

  const officer = await enter(browser, 'officer', false)
  await uphold(officer, item.stem, '题目的两个选项都说得通，改按满分计。')

  await learner.goto(`${site.origin}/me`)
  await learner.getByRole('link', { name: /^有\d条异议已答复$/ }).click()
  await expect(own).toContainText('成立，这道题改按满分计。')
  await expect(own).toContainText('题目的两个选项都说得通，改按满分计。')
  const record = learner.getByRole('region', { name: '每一条记录' })
  await expect(record).toContainText('（异议成立后改判），得1分，满分1分')
  await expect(record).toContainText('后来更正了，不再计入。')
  await expect(learner.getByText('一条连着一条，没有改动过')).toBeVisible()
  await expectLeft(learner, items.length - 1)
  expect(await learner.content()).toContain('</html>')
})

test('a wrong grade, without a script: the link beside the verdict opens the form, and twice sent waits once', async ({
  browser,
}) => {
  const learner = await enter(browser, 'QX1003', false)
  const item = items.find(({ kind }) => kind === 'true-false')
  if (item?.kind !== 'true-false') throw new Error('The lesson asks no true or false.')
  await learner.goto(site.origin + lesson)
  const form = learner.locator(`form#${item.id}`)
  await form.locator(`input[name=choice][value="${String(!item.key)}"]`).check()
  await form.getByRole('button', { name: '提交答案' }).click()
  await form.getByRole('link', { name: '觉得判错了？提出异议' }).click()
  const address = learner.url()
  const objection = learner.getByRole('region', { name: '对这一条的异议' })
  await objection.getByLabel('其他情况，写在下面。').check()
  await objection.getByRole('button', { name: '提出异议' }).click()
  await expect(objection).toContainText('还没有写内容。请选一个理由，或写几句当时的情况。')
  await objection.getByLabel('补充几句，可以不写').fill('题目里说的是旧规定。')
  await objection.getByRole('button', { name: '提出异议' }).click()
  await expect(learner.getByText('异议已经收到，答复会写在这里。')).toBeVisible()
  await learner.goto(address)
  await expect(objection).toContainText('题目里说的是旧规定。')
  await expect(objection).toContainText('等待答复')
  await expect(objection.getByRole('button')).toHaveCount(0)
})

test('refused time, without a script: two clicks, an officer upholds it, and the minutes are given back', async ({
  browser,
}) => {
  const studying = await enter(browser, 'QX1003')
  const segment = v7()
  const tell = (step: string, body: object) =>
    studying.evaluate(
      async ([address, sent]) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(address, { method: 'POST', headers, body: sent })).status
      },
      [`/study/${step}`, JSON.stringify(body)] as const,
    )
  expect(await tell('open', { lesson: 'lsn-liuchi', segment })).toBe(200)
  await site.advance(60_000)
  expect(await tell('beat', { segment, seq: 1, seconds: 365, sections: [] })).toBe(200)
  expect(await tell('close', { segment })).toBe(200)

  const learner = await enter(browser, 'QX1003', false)
  await learner.goto(`${site.origin}/me/record`)
  const refused = learner.getByRole('region', { name: '没有计入的时间' }).getByRole('listitem').first()
  await expect(refused).toContainText('页面报来的时间比服务器在这一段里看到的多')
  const length = /(\d+分\d+秒|\d+分钟)\s*$/.exec(await refused.innerText())?.[1] ?? ''
  expect(length).toMatch(/^[45]分/)
  await refused.getByText('提出异议', { exact: true }).first().click()
  await refused.getByRole('button', { name: '提出异议' }).click()
  await expect(learner.getByText('异议已经收到，答复会写在这里。')).toBeVisible()
  await expect(refused).toContainText('已提出异议，等待答复')

  const officer = await enter(browser, 'officer', false)
  await uphold(officer, length, '当天镇里线路检修，时间对得上。')

  await learner.goto(`${site.origin}/me/record`)
  await expect(refused).toContainText('已全部补回')
  await expect(learner.getByRole('region', { name: '我的异议' })).toContainText(`成立，补回${length}。`)
  await expect(learner.getByRole('region', { name: '每一条记录' })).toContainText(`异议成立，补回${length}。`)
})

test('a wrong observation, without a script: the officer ticks it, the map and the record are put right, its rater sees it', async ({
  browser,
}) => {
  const note = '院里开会，先念收支，再请大家提问。'
  const rater = await enter(browser, 'trainer', false)
  await rater.goto(`${site.origin}/observe?q=learner`)
  await rater.locator('.people a').first().click()
  await rater.getByRole('link', { name: '公开', exact: true }).click()
  await rater.locator('label.choice').nth(0).click()
  await rater.getByLabel('看到了什么').fill(note)
  await rater.getByRole('button', { name: '记下' }).click()
  await expect(rater.getByRole('status')).toContainText(`公开，一级。${note}`)

  const learner = await enter(browser, 'learner', false)
  await learner.goto(`${site.origin}/me?indicator=openness`)
  const proof = learner.locator('section', { has: learner.locator('h2#evidence') })
  await expect(proof).toContainText(note)
  await proof.getByText('对这一格有异议').click()
  await proof.getByLabel('有的证据记错了，或者不是我的。').check()
  await proof.getByRole('button', { name: '提出异议' }).click()
  await expect(learner.getByText('异议已经收到')).toBeVisible()

  const officer = await enter(browser, 'officer', false)
  await officer.goto(`${site.origin}/admin/hours/disputes`)
  const open = officer.getByRole('region', { name: '等待答复' }).locator('li.dispute', { hasText: note })
  const tick = open.getByRole('checkbox', { name: note })
  await tick.check()
  await open.getByLabel('不成立').check()
  await open.getByLabel('答复，本人会看到').fill('那天开会的是邻村。')
  await open.getByRole('button', { name: /^答复/ }).click()
  await expect(open.getByText('选了“不成立”，又勾了要更正的观察。')).toBeVisible()
  await expect(tick).toBeChecked()
  await open.getByLabel('成立', { exact: true }).check()
  await open.getByRole('button', { name: /^答复/ }).click()
  await expect(officer.getByRole('region', { name: '已经答复' })).toContainText(
    /成立，更正了.*记的“公开”一级/,
  )

  await learner.goto(`${site.origin}/me?indicator=openness`)
  await expect(learner.getByText(note)).toHaveCount(0)
  await learner.goto(`${site.origin}/me/record`)
  await expect(learner.getByRole('region', { name: '每一条记录' })).toContainText(
    /更正了.*记的“公开”一级：那天开会的是邻村。/,
  )
  await expect(learner.getByText('一条连着一条，没有改动过')).toBeVisible()

  await rater.goto(`${site.origin}/observe`)
  const mine = rater.getByRole('region', { name: '我记的' }).getByRole('listitem').filter({ hasText: note })
  await expect(mine).toContainText('已更正')
  await expect(mine.getByRole('button')).toHaveCount(0)
})

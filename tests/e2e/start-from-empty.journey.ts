// Production from an empty folder: what `npm start` refuses, the first administrators, a roster, the first credit.
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { authenticatorCode } from '../support/authenticator.ts'
import { startSite } from '../support/site.ts'
import { answerRightly, itemsIn, readThrough, readToTheEnd, signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

const root = join(import.meta.dirname, '..', '..')
const screen = { width: 1366, height: 768 }
const phone = { width: 390, height: 844 }

/** Runs `npm start` as it stands in package.json, with these settings alone; what it printed and how it ended. */
function npmStart(settings: Record<string, string>): Promise<{ code: number; printed: string }> {
  return new Promise((resolve) => {
    const node = join(root, 'node_modules', '.bin', 'node')
    const options = { cwd: root, env: { PATH: process.env['PATH'], ...settings }, timeout: 60_000 }
    const child = execFile(node, ['src/commands/start.ts'], options, (_error, out, err) =>
      resolve({ code: child.exitCode ?? 0, printed: out + err }),
    )
  })
}

test.describe.configure({ mode: 'parallel' })

test('npm start names every setting that is missing or weak, and does not start', async () => {
  const bare = await npmStart({})
  expect(bare.code).toBe(1)
  expect(bare.printed).toContain('设置有误，没有启动')
  expect(bare.printed).toContain('ORIGIN：没有设置。请写人们访问网站的地址')
  expect(bare.printed).toContain('SECRET：没有设置。请用 node -p')

  const weak = await npmStart({
    ORIGIN: 'http://lianxue.example.gov.cn',
    SECRET: 'password',
    PORT: '99999',
    TRUSTED_PROXY: 'everybody',
    HOUR_RULE: '../yunnan',
  })
  expect(weak.code).toBe(1)
  expect(weak.printed).toContain('请用 HTTPS，写成 ORIGIN=https://lianxue.example.gov.cn')
  expect(weak.printed).toContain('SECRET：太短，至少要32个字符')
  expect(weak.printed).toContain('PORT：端口在 1 到 65535 之间')
  expect(weak.printed).toContain('TRUSTED_PROXY：里的“everybody”不是地址或网段')
  expect(weak.printed).toContain('HOUR_RULE：请写 content/hour-rules/ 里的文件名')

  const origin = 'https://lianxue.example.gov.cn'
  const monotonous = await npmStart({ ORIGIN: origin, SECRET: 'ab'.repeat(30) })
  expect(monotonous.printed).toContain('SECRET：太简单')
  const known = await npmStart({
    ORIGIN: origin,
    SECRET: 'lianxue-demo-secret-known-to-everybody-0123456789',
  })
  expect(known.printed).toContain('SECRET：是演示用的，人人都知道')
})

test('npm start does not touch the data of a demo', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-'))
  cpSync(process.env['DEMO_DATA'] ?? '', dataDir, { recursive: true })
  const secret = 'a-secret-of-the-tests-0123456789-abcdefghij'
  const refused = await npmStart({ DATA_DIR: dataDir, PORT: '0', ORIGIN: 'http://localhost', SECRET: secret })
  rmSync(dataDir, { recursive: true })
  expect(refused.code).toBe(1)
  expect(refused.printed).toContain(
    `${dataDir} 里是演示用的数据库，正式运行不能用它。请把 DATA_DIR 设为另一个目录`,
  )
})

test('from an empty database, over the administrator’s pages, to a learner’s first credit', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const site = await startSite('start')
  let ahead = 0
  const passes = async (milliseconds: number) => {
    await site.advance(milliseconds)
    ahead += milliseconds
  }
  const digits = (key: string) => authenticatorCode(key, Date.now() + ahead)
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
  const title = (page: Page) => page.getByRole('heading', { level: 1 })

  try {
    // On the server, while it runs: three administrators, once.
    const made = await site.command('admin-create', ['--unit', '青溪县'])
    const links = [...made.matchAll(/（(admin-\w+)）：(http\S+)/g)].map(([, number, link]) => ({
      number,
      link: link ?? '',
    }))
    expect(links.map(({ number }) => number)).toEqual(['admin-system', 'admin-security', 'admin-audit'])
    expect(made).toContain('每个链接七天内有效，只能用一次')
    expect(await site.command('admin-create', ['--unit', '青溪县'])).toContain('已经有管理员')
    const again = await site.command('admin-create', ['--reissue', 'admin-security'])
    expect(again).toMatch(/（admin-security）：http\S+\/slip\/[0-9A-Z-]{14}/)
    expect(await site.command('admin-create', ['--reissue', 'nobody'])).toContain(
      '没有工号是“nobody”的管理员',
    )

    // The system administrator opens the link: password, notice, second factor.
    const admin = await (await browser.newContext({ viewport: screen })).newPage()
    const atAdmin = watch(admin)
    await admin.goto(links[1]?.link ?? '')
    await expect(admin.getByText('这张口令条不对、已经用过，或者过了七天')).toBeVisible()
    await admin.goto(links[0]?.link ?? '')
    await expect(admin.getByText('你的账号是admin-system')).toBeVisible()
    await setPassword(admin, 'admin-system')
    await expect(admin.getByText('两次填的新密码不一样')).toHaveCount(0)
    await expect(admin.getByText(/密码里不要|和账号/)).toBeVisible()
    await setPassword(admin, '清风两袖朝天去也')
    await expect(title(admin)).toHaveText('个人信息说明')
    await press(admin, '看过了，继续')
    await expect(title(admin)).toHaveText('第二道验证')
    await admin.goto(`${site.origin}/admin/people`)
    await expect(title(admin)).toHaveText('第二道验证')
    await admin.getByLabel('登录密码').fill('清风两袖朝天去也')
    await press(admin, '下一步')
    const key = await admin.locator('code.key').innerText()
    await admin.getByLabel('手机上现在的六位数字').fill(digits(key))
    await press(admin, '完成')
    await expect(admin.getByText('设好了')).toBeVisible()

    // Units and a person by the forms.
    await admin.getByRole('link', { name: '去管理' }).click()
    await expect(admin.getByText('你是系统管理员（青溪县）')).toBeVisible()
    await admin.goto(`${site.origin}/admin/units`)
    await addUnit(admin, '青溪县', '白石镇', '乡镇级')
    await addUnit(admin, '青溪县/白石镇', '云岭村', '村级')
    await addUnit(admin, '青溪县/白石镇', '云岭村', '村级', /已有|已经有|重复/)
    await admin.goto(`${site.origin}/admin/people`)
    await admin.getByLabel('工号', { exact: true }).fill('QX0001')
    await admin.getByLabel('姓名', { exact: true }).fill('李秀兰')
    await admin.getByLabel('单位', { exact: true }).selectOption({ label: '青溪县/白石镇/云岭村' })
    await admin.getByLabel('职务', { exact: true }).selectOption({ label: '村党组织书记' })
    await admin.locator('form.new').getByRole('button').click()
    await expect(title(admin)).toHaveText('李秀兰')
    await expect(admin.getByText('已经新增。接下来打印口令条交给本人')).toBeVisible()

    // A roster with a wrong row: said beside the row, nothing written; corrected, it goes in; a second time nothing changes.
    const heading = '工号,姓名,单位,职务,任职日期,是否主职'
    const rows = [
      'QX0002,王建国,青溪县/白石镇/云岭村,村委会主任,2026-03-01,是',
      'QX0003,赵晓梅,青溪县/白石镇/云岭村,村长,2026-03-01,是',
    ]
    await upload(admin, site.origin, [heading, ...rows])
    await expect(title(admin)).toHaveText('看一看每一行')
    const wrongRow = admin.getByRole('row', { name: /QX0003/ })
    await expect(wrongRow).toContainText('有错')
    await expect(wrongRow).toContainText('没有“村长”这个职务。可以写：')
    await expect(admin.getByRole('row', { name: /QX0002/ })).toContainText('新增')
    await press(admin, '写入名册')
    await expect(
      admin.getByText('有1行有错，没有写入任何一行。改好再上传，或勾选“跳过有错的行”。'),
    ).toBeVisible()
    await admin.goto(`${site.origin}/admin/people`)
    await expect(admin.getByRole('link', { name: '李秀兰' })).toBeVisible()
    await expect(admin.getByRole('link', { name: '王建国' })).toHaveCount(0)
    const right = [heading, ...rows].map((row) => row.replace('村长', '网格员'))
    await upload(admin, site.origin, right)
    await press(admin, '写入名册')
    await expect(
      admin.getByText('名册已经写入：新增2人，另加0个任职，新建0个单位，不变0行，跳过0行。'),
    ).toBeVisible()
    await upload(admin, site.origin, right)
    await expect(admin.locator('.sums')).toHaveText(/新增0人.*不变2行.*有错0行/)

    // A slip for the learner, on paper.
    await admin.goto(`${site.origin}/admin/people?search=王建国`)
    await admin.getByRole('checkbox', { name: '选王建国' }).check()
    await press(admin, '给选中的人打印口令条')
    await press(admin, '生成口令条')
    const slip = admin.locator('article.slip')
    await expect(slip).toContainText('工号 QX0002')
    const code = await slip.locator('.code').innerText()

    // The learner types it in on a phone.
    const learner = await (await browser.newContext({ viewport: phone, hasTouch: true })).newPage()
    const atLearner = watch(learner)
    await learner.clock.install()
    await learner.goto(`${site.origin}/slip`)
    await learner.getByLabel('口令条上的口令').fill(code.toLowerCase().replaceAll('-', ' '))
    await learner.getByLabel('一体机的PIN').fill('628514')
    await setPassword(learner, '两袖清风村里走一走')
    await expect(learner.getByText('王建国，第一次登录，先看一看')).toBeVisible()
    await learner.goto(`${site.origin}/me`)
    await expect(title(learner)).toHaveText('个人信息说明')
    await press(learner, '看过了，继续')
    await expect(title(learner)).toHaveText('我的学习')
    await expect(learner.getByText('王建国 云岭村村委会主任')).toBeVisible()
    await learner.goto(`${site.origin}/slip/${code}`)
    await expect(learner.getByText('这张口令条不对、已经用过，或者过了七天')).toBeVisible()

    // Studies the first lesson, and the first credit stands with its reason and a receipt.
    await learner.goto(site.origin)
    await learner.getByRole('link', { name: '开始学习' }).click()
    await learner.clock.runFor(2_000)
    await expect(learner.getByText(/看完各节、答对5道检查题、学满时间，本课记11分钟/)).toBeVisible()
    await readThrough(learner, { advance: passes })
    for (const item of itemsIn('01-jiafeng-jiaxun', '01-sizhi')) await answerRightly(learner, item)
    await readToTheEnd(learner, { ...site, advance: passes })
    await expect(learner.getByText('学完了，记11分钟')).toBeVisible()
    await learner.goto(`${site.origin}/me/record`)
    const entry = learner.getByRole('region', { name: '网络自学' }).getByRole('listitem')
    await expect(entry).toHaveCount(1)
    await expect(entry).toContainText('0.25学时')
    await expect(entry).toContainText(/本课11分钟，本课程今年累计11分钟，按.+合计0.25学时/)
    await expect(learner.getByText('一条连着一条，没有改动过')).toBeVisible()
    await expect(learner.locator('code.receipt')).toHaveText(/^[0-9a-f]{64}$/)
    await expect(learner.getByRole('region', { name: '每一条记录' })).toContainText('学完《')
    await learner.goto(`${site.origin}/me`)
    await expect(learner.locator('.meter', { hasText: '网络自学' }).locator('.figure')).toContainText('0.25')

    // The administrator signs in anew, with the second factor, and closes the account.
    await admin.context().clearCookies()
    await signIn(admin, site, 'admin-system', '清风两袖朝天去也')
    await expect(title(admin)).toHaveText('第二道验证')
    await admin.getByLabel('验证码').fill(digits(key))
    await press(admin, '继续')
    await expect(title(admin)).toHaveText('我的学习')
    await admin.goto(`${site.origin}/admin/people?search=QX0002`)
    await admin.getByRole('link', { name: '王建国' }).click()
    await admin.getByText('停用账号', { exact: true }).click()
    await press(admin, '停用王建国的账号')
    await expect(admin.getByText('账号已经停用，登录已全部退出，学习记录保留')).toBeVisible()
    await learner.goto(`${site.origin}/me`)
    await expect(title(learner)).toHaveText('登录')
    await signIn(learner, site, 'QX0002', '两袖清风村里走一走')
    await expect(learner.getByText('账号或密码不对')).toBeVisible()
    expect(learner.url()).not.toContain('/me')

    expect(atAdmin).toEqual(nothing)
    expect(atLearner).toEqual(nothing)
  } catch (error) {
    console.log(site.printed())
    throw error
  } finally {
    await site.stop()
  }
})

async function setPassword(page: Page, password: string) {
  await page.getByLabel('新密码', { exact: true }).fill(password)
  await page.getByLabel('再填一次新密码').fill(password)
  await page.getByRole('button', { name: '设好并登录' }).click()
}

async function addUnit(
  page: Page,
  parent: string,
  name: string,
  kind: string,
  says: string | RegExp = '已经新增',
) {
  await page.getByLabel('上级单位').selectOption({ label: parent })
  await page.getByLabel('名称').fill(name)
  await page.getByLabel('类别').selectOption({ label: kind })
  await page.getByRole('button', { name: '新增单位' }).click()
  await expect(page.getByText(says).first()).toBeVisible()
}

async function upload(page: Page, origin: string, lines: string[]) {
  await page.goto(`${origin}/admin/import`)
  const buffer = Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)
  await page.getByLabel('CSV文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '上传并看每一行' }).click()
}

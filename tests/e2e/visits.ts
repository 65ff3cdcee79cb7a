// The pages of the permission table: who looks at each, and what they do there before it is judged.
import { expect, type Page } from '@playwright/test'
import { hallVisits } from './hall-visits.ts'
import { studioVisits } from './studio-visits.ts'

/** What is not a page: files, downloads, and what other programs read. */
export const notPages = [
  '/healthz',
  '/media/[...file]',
  '/_astro/[...file]',
  '/favicon.svg',
  '/robots.txt',
  '/kiosk-worker.js',
  '/kiosk/pack/[...file]',
  '/kiosk/text/[document]',
  '/api/auth/[...path]',
  '/account/export',
  '/me/receipts.json',
  '/me/statements.json',
  '/admin/import/template.csv',
  '/me/archive.csv',
  '/me/archive.xlsx',
  '/admin/hours/template.csv',
  '/admin/hours/template.xlsx',
  '/admin/hours/archive.csv',
  '/admin/hours/archive.xlsx',
  '/admin/hours/import/wrong.csv',
  '/items/import/template.xlsx',
  '/items/export/[format]',
  '/admin/model/[format]',
  '/people/[id]/map.csv',
  '/people/[id]/map.xlsx',
  '/people/[id]/map.json',
  '/units/[id]/map.csv',
  '/units/[id]/map.xlsx',
  '/units/[id]/map.json',
]

export type Visitor =
  'nobody' | ('learner' | 'officer' | 'trainer' | 'reviewer' | 'publisher') | ('admin' | 'security' | 'audit')
/** One look at one page: whose, what is done to it before it is judged, whether in every look, with which status. */
export type Visit = {
  address: string
  as: Visitor
  then?: (page: Page) => Promise<unknown>
  often?: boolean
  status?: number
}

const lesson = '/courses/jiafeng-jiaxun/sizhi'

/** Who looks at each page, with the places in its address filled in; several where a page has several faces. */
export function visitsOf(person: string): Record<string, Visit[]> {
  const send = (button: string) => (page: Page) => page.getByRole('button', { name: button }).click()
  const one = (as: Visitor, address: string, more: Partial<Visit> = {}) => [{ address, as, ...more }]
  return {
    '/': one('nobody', '/', { often: true }),
    '/courses': one('nobody', '/courses'),
    '/courses/[course]': one('nobody', '/courses/jiafeng-jiaxun'),
    '/courses/[course]/[lesson]': [
      ...one('learner', lesson, { often: true, then: scrollThrough }),
      ...one('nobody', '/courses/jiafeng-jiaxun/tuijin-fengzha', { then: answerOne }),
    ],
    '/courses/[course]/test': [
      ...one('learner', '/courses/jiafeng-jiaxun/test', { often: true }),
      ...one('learner', '/courses/cunji-quanli/test', { then: send('交卷') }),
    ],
    '/stories': one('nobody', '/stories'),
    '/stories/[story]': one('nobody', '/stories/hepu', { often: true }),
    '/cases': one('nobody', '/cases'),
    '/cases/find': one('nobody', '/cases/find', { often: true, then: tellOfGarbage }),
    '/cases/[case]': one('nobody', '/cases/yehua', { often: true }),
    '/lists': one('nobody', '/lists'),
    '/lists/[list]': one('nobody', '/lists/xiaowei-quanli'),
    '/search': [
      ...one('nobody', '/search'),
      ...one('nobody', '/search?q=公示', { often: true }),
      ...one('nobody', '/search?q=悬渔'),
    ],
    '/capability': one('nobody', '/capability', { often: true, then: openFolds }),
    '/help': one('nobody', '/help'),
    '/privacy': one('nobody', '/privacy'),
    '/accessibility': one('nobody', '/accessibility'),
    '/channels': one('nobody', '/channels'),
    '/withdrawn': one('nobody', '/withdrawn', { status: 410 }),
    '/sign-in': [...one('nobody', '/sign-in'), ...one('nobody', '/sign-in', { then: signInWrongly })],
    '/sign-in/second': one('nobody', '/sign-in/second'),
    // Who waits for nothing is led to the form.
    '/sign-in/wait': one('nobody', '/sign-in/wait'),
    '/slip': one('nobody', '/slip'),
    '/slip/[code]': one('nobody', '/slip/AAAA-BBBB-CCCC', { status: 410 }),
    '/feedback': one('nobody', '/feedback?from=/help'),
    '/account/notice': one('learner', '/account/notice'),
    '/account': one('learner', '/account'),
    '/account/second-factor': [
      ...one('learner', '/account/second-factor'),
      ...one('audit', '/account/second-factor', { then: beginSecondFactor }),
    ],
    '/me': [
      ...one('learner', '/me', { often: true }),
      ...one('learner', '/me?indicator=conflict-of-interest', { then: openFolds }),
    ],
    '/me/record': [
      ...one('learner', '/me/record', { often: true, then: openFolds }),
      ...one('learner', '/me/record?about=cell:mediation'),
    ],
    '/me/review': one('learner', '/me/review', { often: true }),
    '/practice/[indicator]': [
      ...one('learner', '/practice/openness', { often: true }),
      ...one('learner', '/practice/mediation', { then: answerOne }),
    ],
    '/assessments': one('learner', '/assessments', { often: true }),
    '/assessments/[assessment]': [
      ...one('learner', '/assessments/asm-lianjie', { often: true }),
      ...one('learner', '/assessments/asm-zonghe'),
    ],
    '/assessments/[assessment]/attempt': [
      ...one('officer', '/assessments/asm-lianjie', { often: true, then: beginTest }),
      ...one('officer', '/assessments/asm-law', { then: beginTest }),
      ...one('officer', '/assessments/asm-lianjie/attempt?confirm'),
    ],
    '/assessments/[assessment]/results': [
      ...one('security', '/assessments/asm-lianjie', { often: true, then: takeTest }),
      ...one('security', '/assessments/asm-law', { then: takeTest }),
    ],
    '/assessments/[assessment]/sitting': [
      ...one('trainer', '/assessments/asm-zonghe/sitting', { often: true }),
      ...one('trainer', '/assessments/asm-zonghe/sitting', { then: send('开场') }),
    ],
    '/items/grading': one('trainer', '/items/grading', { often: true }),
    '/items': [
      ...one('trainer', '/items', { often: true }),
      ...one('trainer', '/items?indicator=openness&kind=scenario'),
    ],
    '/items/new': [
      ...one('trainer', '/items/new', { often: true }),
      ...one('trainer', '/items/new?kind=match', { then: send('存进题库') }),
    ],
    '/items/import': [
      ...one('trainer', '/items/import', { often: true, then: openFolds }),
      ...one('trainer', '/items/import', { often: true, then: previewItems }),
    ],
    '/items/[item]': one('trainer', '/items?q=itm', { then: openFirstItem }),
    '/people': one('officer', '/people'),
    '/people/[id]/observe': [
      ...one('officer', `/people/${person}/observe`, { often: true }),
      ...one('officer', `/people/${person}/observe?indicator=openness`, { often: true }),
    ],
    '/observe': one('officer', '/observe', { often: true, then: openFolds }),
    '/people/[id]': [
      ...one('officer', `/people/${person}?indicator=conflict-of-interest`, { often: true }),
      ...one('officer', `/people/${person}?asOf=2026-05-31&indicator=openness`),
      ...one('officer', `/people/${person}?asOf=2026-02-30`),
    ],
    '/people/[id]/sheet': one('officer', `/people/${person}/sheet`, { often: true }),
    '/units': [...one('officer', '/units', { often: true }), ...one('trainer', '/units')],
    '/units/[id]': [
      ...one('officer', '/units', { often: true, then: openUnit }),
      ...one('officer', '/units', { then: openIndicator }),
      ...one('trainer', '/units', { often: true, then: openUnit }),
    ],
    '/units/[id]/report': [
      ...one('officer', '/units', { then: openReport }),
      ...one('trainer', '/units', { then: openReport }),
    ],
    '/admin': one('admin', '/admin'),
    '/admin/people': one('admin', '/admin/people'),
    '/admin/people/[id]': [
      ...one('admin', `/admin/people/${person}`, { then: openFolds }),
      ...one('security', `/admin/people/${person}`),
    ],
    '/admin/units': one('admin', '/admin/units'),
    '/admin/status': one('admin', '/admin/status'),
    '/kiosk': one('nobody', '/kiosk', { often: true }),
    '/help/kiosk': one('nobody', '/help/kiosk', { often: true }),
    '/admin/kiosks': [
      ...one('admin', '/admin/kiosks', { often: true, then: openFolds }),
      ...one('admin', '/admin/kiosks?state=orange'),
      ...one('admin', '/admin/kiosks', { then: approveWrongly }),
    ],
    '/admin/kiosks/[kiosk]': one('admin', '/admin/kiosks', { often: true, then: openKiosk }),
    '/studio/notices': [
      ...one('publisher', '/studio/notices', { often: true, then: openFolds }),
      ...one('publisher', '/studio/notices', { then: noticeWithoutDays }),
    ],
    '/studio/told': [
      ...one('reviewer', '/studio/told', { often: true, then: openFolds }),
      ...one('reviewer', '/studio/told?receipt=0000-0000'),
    ],
    '/units/[id]/merit': [
      ...one('officer', '/units', { often: true, then: openMerit }),
      ...one('officer', '/units', { then: deedOfTomorrow }),
    ],
    '/admin/import': [
      ...one('admin', '/admin/import'),
      ...one('admin', '/admin/import', { then: previewRoster }),
    ],
    '/admin/model': [
      ...one('admin', '/admin/model', { often: true }),
      ...one('admin', '/admin/model?look=alternative:seven-abilities', { then: openFolds }),
      ...one('admin', '/admin/model?look=alternative:village-backbone'),
      ...one('admin', '/admin/model', { then: uploadBadModel }),
    ],
    '/admin/slips/print': one('admin', `/admin/slips/print?people=${person}`, { then: send('生成口令条') }),
    '/admin/audit': one('audit', '/admin/audit'),
    '/admin/hours': [
      ...one('officer', '/admin/hours', { often: true }),
      ...one('officer', `/admin/hours?a=yunnan-2024&b=shanxi&person=${person}`),
    ],
    '/admin/hours/import': [
      ...one('officer', '/admin/hours/import', { often: true }),
      ...one('officer', '/admin/hours/import', { then: previewHours }),
    ],
    '/admin/hours/import/[batch]': one('officer', '/admin/hours/import', { then: openBatch }),
    '/admin/hours/years': one('officer', '/admin/hours/years', { often: true, then: openFolds }),
    '/admin/hours/disputes': one('officer', '/admin/hours/disputes', { often: true }),
    ...hallVisits,
    ...studioVisits,
  }
}

async function openUnit(page: Page) {
  await page.getByRole('region', { name: '单位' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('会做什么')
}

async function openIndicator(page: Page) {
  await openUnit(page)
  await page.locator('table.heat thead a:visible').first().click()
  await expect(page.getByRole('heading', { name: /：整体分布$/ })).toBeVisible()
}

async function openReport(page: Page) {
  await openUnit(page)
  await page.getByRole('link', { name: '打印报告' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('能力图谱报告')
}

async function openFirstItem(page: Page) {
  await page.getByRole('region', { name: /^找到/ }).locator('a.part').first().click()
  await expect(page.getByRole('heading', { name: '答案和原文' })).toBeVisible()
  await openFolds(page)
}

/** The rules of 云岭村 for good deeds. */
async function openMerit(page: Page) {
  await page.getByRole('link', { name: '云岭村' }).click()
  await page.getByRole('link', { name: '家风银行、功德银行' }).click()
  await expect(page.getByRole('heading', { name: '记下的好事' })).toBeVisible()
  await openFolds(page)
}

async function deedOfTomorrow(page: Page) {
  await openMerit(page)
  await page.getByLabel('哪一户').fill('桥头王家')
  await page.getByLabel('哪一天做的').fill('2099-01-01')
  await page.getByLabel('这一户愿意记下来').check()
  await page.getByRole('button', { name: '记下' }).click()
  await expect(page.getByText('这一天还没有到')).toBeVisible()
}

async function openKiosk(page: Page) {
  await page.locator('section[aria-labelledby=list] a.part').first().click()
  await expect(page.getByRole('heading', { name: '它怎么样' })).toBeVisible()
  await openFolds(page)
}

async function approveWrongly(page: Page) {
  await page.getByLabel('屏幕上的登记码').fill('AAAA-0000')
  await page.getByLabel('大屏的名称').fill('村部大厅')
  await page.getByLabel('放在哪个单位').selectOption({ index: 1 })
  await page.getByRole('button', { name: '批准登记' }).click()
  await expect(page.getByText('登记码是八位字母和数字')).toBeVisible()
}

async function noticeWithoutDays(page: Page) {
  await page.getByLabel('标题').fill('周六下午打扫村道')
  await page.getByLabel('正文').fill('自带扫把，村部门口集合。')
  await page.getByLabel('最后一天').fill('2020-01-01')
  await page.getByRole('button', { name: '发出' }).click()
  await expect(page.getByText('最后一天比第一天还早')).toBeVisible()
}

/** Begins a test or goes on with it; waits until its script is there. */
async function beginTest(page: Page) {
  await page
    .getByRole('button', { name: '开始' })
    .or(page.getByRole('link', { name: '继续' }))
    .click()
  await expect(page.locator('form.paper')).toBeVisible()
  await page.waitForFunction(() => !document.querySelector('astro-island[ssr]'))
  await openFolds(page)
}

/** Looks at what came of a test; who has not taken it hands in what there is. */
async function takeTest(page: Page) {
  const last = page.getByRole('link', { name: '看上一次的结果' })
  if (await last.isVisible()) await last.click()
  else {
    await beginTest(page)
    await page.getByRole('button', { name: /^(交卷|提前结束)$/ }).click()
    await page.getByRole('button', { name: '交卷' }).click()
  }
  await expect(page.getByRole('heading', { level: 1 })).toContainText('的结果')
  await openFolds(page)
}

async function scrollThrough(page: Page) {
  for (let y = 0; y < 12_000; y += 1_200) await page.evaluate((top) => scrollTo(0, top), y)
}

const openFolds = (page: Page) =>
  page.evaluate(() =>
    document.querySelectorAll('main details').forEach((fold) => ((fold as HTMLDetailsElement).open = true)),
  )

async function signInWrongly(page: Page) {
  await page.getByLabel('账号').fill('nobody')
  await page.getByLabel('密码').fill('wrong-password')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByText('账号或密码不对')).toBeVisible()
}

async function answerOne(page: Page) {
  const form = page.locator('form.ask:has(input[name=choice])').first()
  await form.scrollIntoViewIfNeeded()
  await form.locator('input[name=choice]').first().check()
  await form.getByRole('button', { name: '提交答案' }).click()
  await expect(form.getByText('原文', { exact: true })).toBeVisible()
}

async function tellOfGarbage(page: Page) {
  await page.getByLabel('遇到了什么事').fill('垃圾桶摆了半年，大家还是混着倒')
  await page.getByLabel('固定场地').check()
  await page.getByRole('button', { name: '找三个相近的' }).click()
  await expect(page.getByRole('heading', { name: /^相近的/ })).toBeVisible()
}

async function beginSecondFactor(page: Page) {
  await page.getByLabel('登录密码').fill('lianxue-demo')
  await page.getByRole('button', { name: /下一步|重新开始/ }).click()
  await expect(page.locator('code.key')).toBeVisible()
}

async function previewRoster(page: Page) {
  const rows = [
    '工号,姓名,单位,职务,任职日期,是否主职',
    'QX9001,李秀兰,青溪县/白石镇/云岭村,网格员,2026-03-01,是',
    'QX9002,王,无,无,无,无',
  ]
  const buffer = Buffer.from(rows.join('\r\n'))
  await page.getByLabel('CSV文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '上传并看每一行' }).click()
  await expect(page.getByRole('row', { name: /QX9002/ })).toContainText('有错')
}

async function uploadBadModel(page: Page) {
  const rows = [
    '方面,方面编号,指标,指标编号,一级,二级,三级,四级,五级,原编号,目标：网格员',
    '服务,service,走访,Visiting,一,二,三,四,五,visiting-listening,3',
    '服务,service,调解,mediation,一,二,,四,五,,高',
  ]
  const buffer = Buffer.from(rows.join('\r\n'))
  await page.getByLabel('模型文件').setInputFiles({ name: '模型.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '上传，先看会怎样' }).click()
  await expect(page.getByText('第3行还空着：三级。')).toBeVisible()
}

async function previewItems(page: Page) {
  const paper = [
    '1. 公开栏里要贴账，下面哪一样最该改掉？',
    'A. 写明季度　B. 写明经手人　C. 用小五号字',
    '答案：C',
    '指标：openness',
    '依据：字要大，站着看得清。',
    '2. 字写小一点可以吗？',
    'A. 可以',
    '答案：C',
  ]
  await page.getByLabel('粘贴题目').fill(paper.join('\n'))
  await page.getByRole('button', { name: '读进来，先看每一道' }).click()
  await expect(page.getByRole('heading', { name: '要改的1道' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '没有问题的1道' })).toBeVisible()
}

async function previewHours(page: Page) {
  const rows = [
    '工号,姓名,培训班（课程）名称,培训方式,主办单位,开始日期,结束日期,认定学时',
    'QX1003,某人,市委党校基层治理专题研修班,集中培训,市委党校,2026-03-02,2026-03-04,24',
    'QX9999,某人,市委党校基层治理专题研修班,线上,市委党校,2026-3,2026-03-04,廿四',
  ]
  const buffer = Buffer.from(rows.join('\r\n'))
  await page.getByLabel('Excel工作簿').setInputFiles({ name: '学时.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '上传并看每一行' }).click()
  await expect(page.getByRole('row', { name: /QX9999/ })).toContainText('有问题')
}

async function openBatch(page: Page) {
  await page.getByRole('region', { name: '转入的批次' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: '办理' })).toBeVisible()
  await openFolds(page)
}

// The way to each view of a screen in 云岭村 of the demo, from wherever it is, by touch alone. The clock of the page is
// installed: nobody waits until the screen asks whether somebody is there.
import type { Page } from '@playwright/test'

/** The three shapes that a hall's screen has. */
export const shapes = {
  portrait: { width: 1080, height: 1920 },
  low: { width: 1366, height: 768 },
  wide: { width: 1920, height: 1080 },
} as const

/** A cadre of the village, who is host as well, and the PIN (src/demo/accounts.ts). */
const cadre = '傅平安'
const pin = '628514'

type Way = (page: Page) => Promise<void>

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first()

/** Home, whatever was open and whoever was signed in. */
export async function goHome(page: Page): Promise<void> {
  const loop = page.getByRole('button', { name: '轻触屏幕' })
  for (let i = 0; i < 4; i++) {
    if (await button(page, '我的学时').isVisible()) {
      await button(page, '我的学时').click()
      await button(page, '学完了，退出').click()
    }
    if (await page.getByRole('heading', { name: '今天想看什么？' }).isVisible()) return
    if (await loop.isVisible()) await loop.click()
    // Where the screen asks whether somebody is there, its own stands above the other.
    else await page.getByRole('button', { name: '结束', exact: true }).last().click()
  }
}

/** That way, and then these buttons. */
const after =
  (way: Way, ...names: (string | RegExp)[]): Way =>
  async (page) => {
    await way(page)
    for (const name of names) await button(page, name).click()
  }
/** That way, and then the first of these. */
const first =
  (way: Way, what = '.tile'): Way =>
  async (page) => {
    await way(page)
    await page.locator(what).first().click()
  }
const door =
  (name: string): Way =>
  async (page) => {
    await goHome(page)
    await page.getByRole('navigation', { name: '四扇门' }).getByRole('button', { name }).click()
  }
const signedIn =
  (way: Way): Way =>
  async (page) => {
    await after(way, cadre, ...pin)(page)
    await page.locator('.pad').waitFor({ state: 'hidden' })
  }

const stories = door('看故事')
const told = first(after(stories, '家风故事会'))
const story = first(stories)
const lesson = first(door('学一课'))
/** The first check; its page is turned to by who goes there by keyboard. */
const check: Way = async (page) => {
  await lesson(page)
  await page.locator('[data-item] form input').first().focus()
}
const checked: Way = async (page) => {
  await check(page)
  const done = page.locator('[data-item] form').first().getByRole('button', { name: '答好了' })
  const several = await done.isVisible()
  await page.keyboard.press('Space')
  if (several) await done.click()
}

const game = door('答几题')
const alone = after(game, '不限时', /^一个人答/)
const answered =
  (times: number): Way =>
  async (page) => {
    await alone(page)
    for (let i = 0; i < times; i++) {
      if (i > 0) await button(page, '下一题').click()
      await page.locator('button.option').first().click()
      const done = button(page, '答好了')
      if (await done.isVisible()) await done.click()
    }
  }

const rate = after(goHome, '评一评')
const tell = after(goHome, '讲家风')
const write = after(tell, '同意，写下来')
const name: Way = async (page) => {
  await write(page)
  await page.getByLabel('您的故事').fill('奶奶说，借人家的要记得还。')
  await button(page, '写好了').click()
}
const teller = after(first(name), '下一步')

const search = after(goHome, '搜索')
const signIn = after(goHome, '记学时')
const me = after(signedIn(signIn), '我的学时')

const hall = door('一起学')
const begin = after(signedIn(after(hall, '主持人登录')), '现在开一场')
const lessonsOfHall = after(begin, /^选一课/)
/** The session that runs, or a new one. */
const room: Way = async (page) => {
  await hall(page)
  if (await button(page, '还没有结束').isVisible()) await button(page, '还没有结束').click()
  if (await button(page, '结束这一场').isVisible()) return
  await after(first(lessonsOfHall), '开始，请大家报到')(page)
}
const namesOfHall = after(room, /没带手机/)
const pinOfHall = first(namesOfHall, '.people .btn')
const ask = after(room, '问大家')
const ending = after(room, '结束这一场')
const list = signedIn(after(ending, '主持人登录'))
const heads = after(list, '下一步')
const minutes = after(heads, '下一步')

const carry = first(goHome, '.line')

/** Views with a line. Those of a hall that studies together come last, and in their order. */
export const screenViews: Record<string, Way> = {
  loop: after(goHome, '结束'),
  home: goHome,
  'home-signed-in': signedIn(signIn),
  stories,
  told,
  story,
  pinyin: after(story, '加上拼音'),
  lessons: door('学一课'),
  lesson,
  check,
  checked,
  'lesson-signed-in': first(me),
  game,
  question: alone,
  answered: answered(1),
  'game-end': after(answered(4), '不答了'),
  'minute-question': after(game, '一分钟', /^一个人答/),
  together: after(game, /^大家一起答/),
  'together-answer': after(game, /^大家一起答/, '看答案'),
  'together-end': after(game, /^大家一起答/, '看答案', '下一题', '看答案', '不答了'),
  rate,
  rated: first(rate),
  'rate-story': after(story, '评一评'),
  tell,
  voice: after(tell, '同意，讲出来'),
  telling: after(tell, '同意，讲出来', '开始讲'),
  'told-voice': after(tell, '同意，讲出来', '开始讲', '讲完了'),
  write,
  name,
  teller,
  receipt: after(teller, '不留称呼，交上去'),
  merit: after(goHome, '家风银行'),
  search,
  found: after(search, ...'sizhi'),
  'sign-in': signIn,
  pin: after(signIn, cadre),

  me,
  carry,
  keeper: async (page) => {
    await goHome(page)
    const place = page.locator('.place b')
    await place.hover()
    await page.mouse.down()
    await page.clock.fastForward(3_100)
    await page.mouse.up()
  },
  'still-there': async (page) => {
    await story(page)
    await page.clock.fastForward(95_000)
  },
  hall,
  'hall-host': signedIn(after(hall, '主持人登录')),
  'hall-begin': begin,
  'hall-lessons': lessonsOfHall,
  'hall-room': room,
  'hall-names': namesOfHall,
  'hall-pin': pinOfHall,
  'hall-in': after(pinOfHall, ...pin),
  'hall-left': after(room, '有人先走'),
  'hall-lesson': after(room, '学这一课'),
  'hall-ask': ask,
  'hall-answer': after(ask, /多一人$/, '看答案'),
  'hall-ending': ending,
  'hall-list': list,
  'hall-heads': heads,
  'hall-minutes': minutes,
  'hall-over': after(minutes, '确认名单，结束'),
}

/** Something waits, and the screen has noticed that there is no line. */
const waiting: Way = async (page) => {
  await first(rate)(page)
  await page.getByText(/^没有网，照常使用，/).waitFor()
}

/** Views without a line. */
export const viewsWithoutLine: Record<string, Way> = {
  'home-no-line': async (page) => (await waiting(page), goHome(page)),
  'carry-waiting': async (page) => (await waiting(page), carry(page)),
  'sign-in-no-line': signIn,
  'pin-no-line': after(signIn, cadre),
  'me-no-line': me,
  'hall-no-line': room,
}

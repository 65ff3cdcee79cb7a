// The way to each view of a screen, from wherever it is, by touch alone.
import type { Page } from '@playwright/test'

/** The three shapes that a hall's screen has. */
export const shapes = {
  portrait: { width: 1080, height: 1920 },
  low: { width: 1366, height: 768 },
  wide: { width: 1920, height: 1080 },
} as const

/** Home, whatever was open. */
export async function goHome(page: Page): Promise<void> {
  const loop = page.getByRole('button', { name: '轻触屏幕' })
  for (let i = 0; i < 4; i++) {
    if (await page.getByRole('heading', { name: '今天想看什么？' }).isVisible()) return
    if (await loop.isVisible()) await loop.click()
    else await page.getByRole('button', { name: '结束', exact: true }).click()
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const door = (name: string) => async (page: Page) => {
  await goHome(page)
  await page.getByRole('navigation', { name: '四扇门' }).getByRole('button', { name }).click()
}
const beside = (name: string) => async (page: Page) => {
  await goHome(page)
  await press(page, name)
}
const firstTile = (way: (page: Page) => Promise<void>) => async (page: Page) => {
  await way(page)
  await page.locator('.tile').first().click()
}

export const screenViews: Record<string, (page: Page) => Promise<void>> = {
  loop: async (page) => {
    await goHome(page)
    await press(page, '结束')
  },
  home: goHome,
  stories: door('看故事'),
  story: firstTile(door('看故事')),
  pinyin: async (page) => {
    await firstTile(door('看故事'))(page)
    await press(page, '加上拼音')
  },
  lessons: door('学一课'),
  lesson: firstTile(door('学一课')),
  check: async (page) => {
    await firstTile(door('学一课'))(page)
    await page.locator('[data-item] input').first().focus()
  },
  game: door('答几题'),
  hall: door('一起学'),
  rate: beside('评一评'),
  tell: beside('讲家风'),
  search: beside('搜索'),
  'sign-in': beside('记学时'),
  carry: async (page) => {
    await goHome(page)
    await page.locator('.line').click()
  },
  keeper: async (page) => {
    await goHome(page)
    const hall = page.locator('.place b')
    await hall.hover()
    await page.mouse.down()
    await page.waitForTimeout(3200)
    await page.mouse.up()
  },
}

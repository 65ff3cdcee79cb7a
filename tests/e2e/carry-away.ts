// What waits at a screen without a line is carried by hand: by the codes that it shows, and in the file that it saves.
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { readFrame } from '#kiosk/carry/frames.ts'
import { goHome, screenViews } from '../support/screen-views.ts'
import { touch } from './at-screen.ts'
import { codeOn } from './scan.ts'

export type TakenAway = {
  /** How many entries wait, as the screen says. */
  waiting: string
  /** The address that the first code holds. */
  code: string
  file: { name: string; mimeType: string; buffer: Buffer }
}

/** Looks through the codes at the screen and saves the file. */
export async function takeAway(screen: Page): Promise<TakenAway> {
  await screenViews.carry?.(screen)
  const which = (number: number) => screen.getByText(new RegExp(`^第${number}张，共\\d+张$`))
  await expect(which(1)).toBeVisible()
  const code = await codeOn(screen, '第1张码')
  await touch(screen, '下一张')
  await expect(which(2)).toBeVisible()
  const [one, two] = [readFrame(code), readFrame(await codeOn(screen, '第2张码'))]
  expect(two).toEqual({ ...one, number: 2, payload: two?.payload })
  expect(two?.payload).not.toBe(one?.payload)
  await touch(screen, '自动翻')
  await expect(which(2)).toHaveCount(0)

  const said = (await screen.getByText(/^\d+条记录在等/).textContent()) ?? ''
  const saving = screen.waitForEvent('download')
  await touch(screen, '存成文件')
  await expect(screen.getByText('文件已经存下。')).toBeVisible()
  const saved = await saving
  const name = saved.suggestedFilename()
  expect(name).toMatch(/^一楼大厅的记录-\d{4}-\d\d-\d\d\.jsonl$/)
  const file = { name, mimeType: 'application/jsonl', buffer: readFileSync(await saved.path()) }
  await goHome(screen)
  return { waiting: String(Number.parseInt(said)), code, file }
}

/** Whoever is signed in on this phone scans the first code, hands in the file, and hands it in again. */
export async function handIn(phone: Page, { code, waiting, file }: TakenAway) {
  await phone.goto(code)
  await expect(phone.getByText('收下了第1张。')).toBeVisible()
  const field = phone.getByLabel('大屏存下的文件')
  await field.setInputFiles(file)
  await expect(phone.getByText(`“一楼大厅”：新送到${waiting}条。`)).toBeVisible()
  await field.setInputFiles(file)
  await expect(phone.getByText(`“一楼大厅”：${waiting}条以前已经到过。`)).toBeVisible()
}

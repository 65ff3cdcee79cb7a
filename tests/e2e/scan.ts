// Reads a QR code off a page as the camera of a phone would: from a picture of it.
import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { codeIn } from '#kiosk/carry/read-code.ts'

/** What the code with this label holds. */
export async function codeOn(page: Page, label: string | RegExp): Promise<string> {
  const picture = await page.getByRole('img', { name: label }).screenshot()
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const text = codeIn({ data: new Uint8ClampedArray(data), width: info.width, height: info.height })
  expect(text, 'No code can be read in the picture.').not.toBeNull()
  return text ?? ''
}

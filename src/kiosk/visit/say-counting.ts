import type { Visitor } from '#kiosk/screen/screen.ts'

/** What a cadre at the screen reads of his hours: they count, or the PIN is checked later, or nothing more can be kept. */
export function sayCounting({ name, checked }: Visitor, isFull: boolean): string {
  if (isFull) return `${name}，现在学的记不下来，请改用手机学。`
  return `${name}，学时正在记${checked ? '' : '（待核）'}。`
}

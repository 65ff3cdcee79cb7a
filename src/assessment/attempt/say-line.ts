// How saving stands, in the few words that have room beside the time.
import type { Shown } from '#assessment/attempt/saving.ts'

export function sayLine({ line, waiting, kept }: Shown): string {
  if (line === 'fine') return waiting > 0 ? '保存中' : '已保存'
  const where = kept ? '存在这台设备上' : '别关这一页'
  if (line === 'offline') return `没有网络，${waiting}题${where}`
  if (line === 'busy') return `网站忙，${waiting}题${where}`
  return `登录过期，${waiting}题${where}`
}

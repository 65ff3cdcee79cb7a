// How saving stands, in the few words beside the draft.
import type { Shown } from '#studio/keep/saving.ts'

/** A few words; what to do about it where there is something to do. */
export function saySaving({ standing, kept, refused }: Shown): string {
  const where = kept ? '已存在本机' : '本机存不下（可能满了），先别关这一页'
  switch (standing) {
    case 'saved':
      return '已保存'
    case 'unsent':
    case 'sending':
      return kept ? '正在保存' : `正在保存；${where}`
    case 'offline':
      return `没有网络，${where}`
    case 'busy':
      return `网站忙，${where}，过一会儿再存`
    case 'signed-out':
      return `登录过期，${where}，请重新登录`
    case 'conflict':
      return `有人也改了，${where}，请先合并`
    case 'refused':
      return `没有存上：${refused}${kept ? '写的内容还在本机。' : where}`
  }
}

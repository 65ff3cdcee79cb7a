// What a draft waits for, in words.
import type { Waiting } from '#studio/reading/reading.ts'

const readers = { author: '写稿的人提交', reviewer: '复审', publisher: '终审' } as const

/** e.g. 等复审 */
export function sayWaiting(waiting: Waiting): string {
  if (waiting.type === 'mending') return '退回了，等修改'
  if (waiting.type === 'publication') return '审完了，等发布'
  return waiting.reading === 'author' ? '在写' : `等${readers[waiting.reading]}`
}

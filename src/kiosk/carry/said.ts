// What the server says to a piece of what was carried, and how that is told to who carried it.
import type { Reply } from '#quiz/post.ts'

/** Counts of one piece, or of all together. */
export type CarriedReply = {
  /** Name of the screen. */
  kiosk: string
  /** Entries that came for the first time, and those that were there before. */
  arrived: number
  known: number
  /** Those that count for nothing, and why (Chinese). */
  refused: string[]
}

/** Pieces of one set together. */
export function together(one: CarriedReply | null, other: CarriedReply): CarriedReply {
  if (!one) return other
  return {
    kiosk: other.kiosk,
    arrived: one.arrived + other.arrived,
    known: one.known + other.known,
    refused: [...one.refused, ...other.refused],
  }
}

/** In words: what arrived, what was there before, what was not taken and why, and what to do. */
export function sayReply({ kiosk, arrived, known, refused }: CarriedReply): string {
  const reasons = [...new Set(refused.map((reason) => reason.replace(/。$/, '')))]
  const parts = [
    arrived > 0 ? `新送到${arrived}条` : '',
    known > 0 ? `${known}条以前已经到过` : '',
    refused.length > 0 ? `${refused.length}条没有收下：${reasons.join('；')}` : '',
  ].filter(Boolean)
  const after = '大屏连上网以后会自己核对，不用在大屏上做什么。'
  return `“${kiosk}”：${parts.join('，') || '里面没有记录'}。${after}`
}

/** Why it could not be sent now, and what to do. */
export function sayTrouble(trouble: Exclude<Reply<never>, { type: 'ok' }>): string {
  if (trouble.type === 'gone' || trouble.type === 'wrong') return trouble.message
  if (trouble.type === 'signed-out') return '登录已经过期，没有送到。请重新登录，再打开这一页，收下的还在。'
  if (trouble.type === 'offline')
    return '手机没有连上网，没有送到。收下的还在这部手机里，连上网以后点“再送一次”。'
  return '服务器现在忙，没有送到。收下的还在这部手机里，过一会儿点“再送一次”。'
}

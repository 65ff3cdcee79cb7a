// The names of the two accounts of hours, and which time one of them is about.
import type { Meter } from '#plan/owed.ts'

export const meterNames = { online: '网络自学', concentrated: '集中培训' } as const

const day = (on: string) => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`

/** 2026年; or what is made up, and until when. */
export function sayPeriod({ from, to, makeUp }: Pick<Meter, 'from' | 'to' | 'makeUp'>): string {
  if (makeUp) return `提任前欠缺，${day(to)}以前补齐`
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)]
  return first === last ? `${first}年` : `${first}年至${last}年`
}

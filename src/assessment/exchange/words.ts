// What the fields of an item are called in papers and tables.
import { difficultyNames } from '#assessment/blueprint/say-short.ts'
import { kinds, type KindName } from '#quiz/kinds/registry.ts'

/** How a plain text of ours begins: from there on every line is one field, and a backslash stands for what is unseen. */
export const mark = '# 廉学题目 1'

const kindWords: [RegExp, KindName][] = [
  [/^(?:单项选择|单选)题?$/, 'single'],
  [/^(?:多项选择|多选|不定项选择|不定项)题?$/, 'multiple'],
  [/^(?:判断|是非|判断正误|正误判断|判断对错)题?$/, 'true-false'],
  [/^(?:排序|排列|顺序)题?$/, 'order'],
  [/^(?:连线|匹配|配对)题?$/, 'match'],
  [/^填空题?$/, 'fill-in'],
  [/^(?:简答|问答|论述|简述)题?$/, 'short-answer'],
]

/** The kind that a word names; null if it names none, or 选择题, which may be either. */
export const kindOf = (word: string): KindName | null => {
  const plain = word.replace(/\s/g, '')
  const named = Object.entries(kinds).find(([id, { name }]) => id === plain || name === plain)
  return (named?.[0] as KindName | undefined) ?? kindWords.find(([words]) => words.test(plain))?.[1] ?? null
}

/** easy for 易, 容易, 简单 …; what is unknown stays as it is. */
export function difficultyOf(word: string): string {
  const plain = word.replace(/[\s。]/g, '')
  if (/^(?:易|容易|简单|较易|低|easy)$/.test(plain)) return 'easy'
  if (/^(?:中|中等|一般|适中|medium)$/.test(plain)) return 'medium'
  if (/^(?:难|困难|较难|高|hard)$/.test(plain)) return 'hard'
  return plain
}

export const sayDifficulty = (difficulty: string): string =>
  Object.hasOwn(difficultyNames, difficulty)
    ? difficultyNames[difficulty as keyof typeof difficultyNames]
    : difficulty

/** 一, 二, 三 … 十, 11. */
export const chineseNumber = (number: number) => '一二三四五六七八九十'[number - 1] ?? String(number)

/** `itm-x 第2版` as id and revision. */
export function idAndRevision(text: string): { id: string; revision?: number } {
  const [, id = text.trim(), revision] =
    /^\s*(\S+?)\s*[(（]?\s*第\s*(\d{1,6})\s*版\s*[)）]?\s*$/.exec(text) ?? []
  return revision === undefined ? { id } : { id, revision: Number(revision) }
}

/** An id, or an id with its name behind it in brackets: only what stands before the bracket. */
export const withoutName = (text: string) => /^([a-z][a-z0-9-]*)\s*[(（].*[)）]$/.exec(text)?.[1] ?? text

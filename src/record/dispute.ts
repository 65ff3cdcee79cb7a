// What an objection can be about, the words that a person may choose for it, and what came of it in words.
import { sayLength } from '#record/hours/say-length.ts'

/** Refused time of a visit, an answer that did not get full points, or a cell of the map. */
export type Disputed = { kind: 'time' | 'answer' | 'cell'; id: string }

/** Reads `time:<event>`, `answer:<event>` or `cell:<indicator>`; null for anything else. */
export function readAbout(about: string): Disputed | null {
  const [, kind, id = ''] = /^(time|answer|cell):([a-z0-9-]{1,80})$/.exec(about) ?? []
  return kind ? { kind: kind as Disputed['kind'], id } : null
}

/** Reasons to choose from, the most frequent first; `other` says nothing by itself. */
export const disputeReasons: Record<Disputed['kind'], Record<string, string>> = {
  time: {
    present: '那段时间我一直在学，没有离开。',
    line: '当时网络时断时续，学了没能及时报上去。',
    one: '那是我一个人先后用不同的页面或设备学的。',
    other: '',
  },
  answer: {
    same: '我的答案和课文的意思一致，应当算对。',
    unclear: '题目或选项有歧义，我的理解也说得通。',
    outdated: '标准答案和现行规定不一致。',
    other: '',
  },
  cell: {
    work: '这里的证据没有反映我平时的实际工作。',
    mistaken: '有的证据记错了，或者不是我的。',
    old: '证据太旧，情况已经变了。',
    other: '',
  },
}

/** An objection in words: the reason chosen, and what was written beside it; empty if neither says anything. */
export function disputeWords(kind: Disputed['kind'], reason: string, text: string): string {
  return `${disputeReasons[kind][reason] ?? ''}${text.trim()}`
}

/** Observations that one answer may take out at most. */
export const mostTakenOut = 50

export type Outcome = 'upheld' | 'declined'

/** What an answer changed, in a sentence; `seconds` is what was given back, `out` the observations taken out, in words. */
export function sayOutcome(
  about: string,
  outcome: Outcome,
  seconds: number,
  out: readonly string[] = [],
): string {
  if (outcome === 'declined') return '没有成立，记录不变。'
  const kind = readAbout(about)?.kind
  if (kind === 'time') return `成立，补回${sayLength(seconds)}。`
  if (out.length > 0) return `成立，更正了${out.join('；')}，不再计入，图谱已重算。`
  return kind === 'answer' ? '成立，这道题改按满分计。' : '已记下，会按证据重看这一格。'
}
